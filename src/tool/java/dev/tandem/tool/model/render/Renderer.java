package dev.tandem.tool.model.render;

import dev.tandem.tool.model.grammar.Model;
import dev.tandem.tool.model.types.Field;
import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a model's files. The same model always becomes the same text. */
public final class Renderer {

    private static final String MAIN = "src/main/java/dev/tandem/";
    private static final String TEST = "src/test/java/dev/tandem/";

    private final Templates templates = new Templates();
    private final SourceFormat format = new SourceFormat();
    private final Pages pages = new Pages(templates);

    public Rendered render(Model model) {
        Map<Path, String> files = new LinkedHashMap<>();
        sources(model).forEach((path, text) -> files.put(Path.of(path), format.format(path, text)));
        return new Rendered(files, pages.insertions(model));
    }

    /** The texts as the templates give them, not formatted yet. */
    Map<String, String> sources(Model model) {
        ModelName name = model.name();
        String type = name.type();
        String folder = name.folder() + "/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put(MAIN + "domain/" + folder + type + ".java", fill("main/Record", model));
        for (Field field : model.enums()) {
            files.put(
                    MAIN + "domain/" + folder + field.className() + ".java", fill("main/Enum", model, "field", field));
        }
        files.put(MAIN + "database/entity/" + type + "Entity.java", fill("main/Entity", model));
        files.put(MAIN + "database/mapper/" + type + "Mapper.java", fill("main/Mapper", model));
        files.put(MAIN + "factory/" + folder + type + "Draft.java", fill("main/Draft", model));
        files.put(MAIN + "factory/" + folder + type + "Factory.java", fill("main/Factory", model));
        files.put(MAIN + "factory/" + folder + type + "Patch.java", fill("main/Patch", model));
        files.put(MAIN + "repository/" + type + "Repository.java", fill("main/Repository", model));
        boolean isSearchable = model.searchable() != null;
        files.put(
                MAIN + "service/" + folder + type + "Service.java",
                fill(isSearchable ? "main/SearchableService" : "main/Service", model));
        if (isSearchable) {
            files.put(MAIN + "service/" + folder + type + "Document.java", fill("main/Document", model));
            files.put(MAIN + "api/" + folder + type + "SearchView.java", fill("main/SearchView", model));
            files.put(TEST + "api/" + folder + type + "SearchApiTest.java", fill("test/SearchApiTest", model));
        }
        files.put(MAIN + "api/" + folder + type + "Request.java", fill("main/Request", model));
        files.put(MAIN + "api/" + folder + type + "Resource.java", fill("main/Resource", model));
        files.put(MAIN + "api/" + folder + type + "View.java", fill("main/View", model));
        packages(name)
                .forEach((room, says) -> files.put(
                        MAIN + room + "/" + folder + "package-info.java",
                        templates.fill(
                                "main/package-info.java.txt",
                                Map.of("says", says, "package", "dev.tandem." + room + "." + name.folder()))));
        files.put(TEST + "testing/" + type + "Samples.java", fill("test/Samples", model));
        files.put(TEST + "factory/" + folder + type + "FactoryTest.java", fill("test/FactoryTest", model));
        files.put(TEST + "database/mapper/" + type + "MapperTest.java", fill("test/MapperTest", model));
        files.put(
                TEST + "repository/" + type + "RepositoryComponentTest.java",
                fill("test/RepositoryComponentTest", model));
        files.put(TEST + "api/" + folder + type + "ApiTest.java", fill("test/ApiTest", model));
        return files;
    }

    private static Map<String, String> packages(ModelName name) {
        Map<String, String> says = new LinkedHashMap<>();
        says.put("domain", name.one() + ".");
        says.put("factory", "Makes " + name.spokenPlural() + ".");
        says.put("service", "The use cases of " + name.spokenPlural() + ".");
        says.put("api", name.headingPlural() + " over HTTP.");
        return says;
    }

    private String fill(String template, Model model) {
        return templates.fill(
                template + ".java.txt", Map.of("model", model, "name", model.name(), "fields", model.fields()));
    }

    private String fill(String template, Model model, String name, Object value) {
        return templates.fill(template + ".java.txt", Map.of("model", model, "name", model.name(), name, value));
    }
}
