package dev.tandem.house.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.api.Api;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Classes that libraries choose by a name they put together, as this process has loaded them: the caches and their entries, and the
 * attributes of tokens. In a native image, one that is missing fails the first request that needs it.
 */
@QuarkusTest
class NativeImageApiTest {

    private static final Pattern CACHE = Pattern.compile("com\\.github\\.benmanes\\.caffeine\\.cache\\.[A-Z]{2,}");
    private static final Pattern ATTRIBUTE = Pattern.compile("org\\.apache\\.lucene\\.\\S+AttributeImpl");

    @Test
    void whatIsChosenByNameIsRegistered() throws JMException {
        String collection = Api.collection();
        Api.put(collection, "tea", "{\"content\": \"Green tea\", \"vector\": [1, 0, 0]}");
        Api.json("{\"query\": \"tea\", \"mode\": \"keyword\"}")
                .post(Api.COLLECTIONS + "/" + collection + "/search")
                .then()
                .statusCode(200);
        ImageMetadata metadata = ImageMetadata.read();
        assertThat(loaded("com.github.benmanes.caffeine.cache.BoundedLocalCache", CACHE))
                .isNotEmpty()
                .allMatch(name -> metadata.types().containsKey(name));
        assertThat(loaded("com.github.benmanes.caffeine.cache.Node", CACHE))
                .isNotEmpty()
                .allMatch(name -> metadata.types().containsKey(name));
        assertThat(loaded("org.apache.lucene.util.AttributeImpl", ATTRIBUTE))
                .isNotEmpty()
                .allMatch(name -> metadata.constructs(name, List.of()));
    }

    /** The loaded subclasses of a class that have no loaded subclasses themselves: the JVM loads others with them. */
    private static Set<String> loaded(String type, Pattern pattern) throws JMException {
        String tree = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassHierarchy",
                        new Object[] {new String[] {"-s", type}},
                        new String[] {String[].class.getName()});
        List<String> lines = tree.lines().toList();
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i + 1 == lines.size() || depth(lines.get(i + 1)) <= depth(lines.get(i));
            Matcher name = pattern.matcher(lines.get(i));
            if (last && name.find()) {
                names.add(name.group());
            }
        }
        return names;
    }

    private static int depth(String line) {
        return line.indexOf("|--");
    }
}
