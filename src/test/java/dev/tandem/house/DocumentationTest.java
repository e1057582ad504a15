package dev.tandem.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documentation agrees with the code: nothing is missing or outdated, and no link is broken. */
class DocumentationTest {

    private static final String BASE = "dev.tandem";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Sources CODE = Sources.of(SOURCES);
    private static final JavaClasses CLASSES =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests())).importPackages(BASE);

    private static final Markdown README = Markdown.of(Path.of("README.md"));
    private static final Markdown API = Markdown.of(Path.of("docs/api.md"));
    private static final Markdown ARCHITECTURE = Markdown.of(Path.of("docs/architecture.md"));
    private static final Markdown CONFIGURATION = Markdown.of(Path.of("docs/configuration.md"));
    private static final Markdown PROBLEMS = Markdown.of(Path.of("docs/problems.md"));

    /** What a build says of itself, the file in which a process remembers its embedded server, and the names of metrics. These are not settings. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "tandem.build.commit.id",
            "tandem.embedded-database.url",
            "tandem.embedding.calls",
            "tandem.embedding.failures",
            "tandem.embedding.tasks",
            "tandem.embedding.texts",
            "tandem.index.behind",
            "tandem.index.disk",
            "tandem.index.merges",
            "tandem.index.building",
            "tandem.index.differences",
            "tandem.index.failing",
            "tandem.rerank.failing",
            "tandem.requests.limit",
            "tandem.requests.refused",
            "tandem.search.stage");

    private static final Set<String> PHASES = Set.of("clean", "compile", "test-compile", "test", "package", "verify");
    private static final Pattern STEP = Pattern.compile("Step (\\d+) of ten");
    private static final Pattern FOLDERS = Pattern.compile("(?m)^([a-z]+/)((?: +[a-z/]+)*)$");
    private static final Pattern ADDRESS = Pattern.compile("localhost:8080(/[^\\s'\"?]*)");
    private static final Pattern METHOD = Pattern.compile(" -X ([A-Z]+)");
    private static final Pattern COMPOSE_FILE = Pattern.compile("^docker .* -f (\\S+)");

    @Test
    void everyProblemHasItsParagraph() {
        assertThat(CODE.problemCodes())
                .hasSizeGreaterThan(50)
                .contains(
                        "document.not_found", "busy.search", "metadata_schema.too_deep", "parameter.limit", "internal")
                .containsExactlyInAnyOrderElementsOf(PROBLEMS.codeHeadings());
        for (String code : PROBLEMS.codeHeadings()) {
            assertThat(PROBLEMS.text())
                    .as("the paragraph of " + code)
                    .containsPattern("## `" + Pattern.quote(code) + "`\n\n[45]\\d\\d[.,]? [^\\n]");
        }
    }

    @Test
    void aCodeOfUnknownPartsIsNoticed() {
        assertThatThrownBy(() -> new Sources(Map.of("A.java", "new Refusal(\"strange.\" + name)")).problemCodes())
                .hasMessageContaining("strange.");
        assertThatThrownBy(() -> new Sources(Map.of("A.java", "add(name + \".strange\")")).problemCodes())
                .hasMessageContaining(".strange");
        assertThat(new Sources(Map.of("A.java", "add(\"new.code\")")).problemCodes())
                .containsExactly("new.code");
    }

    @Test
    void everySettingIsDescribedWithItsDefault() {
        Map<String, String> documented = new TreeMap<>(CONFIGURATION.rows());
        documented.keySet().removeIf(setting -> !setting.startsWith("tandem."));
        Map<String, String> settings = settings();
        assertThat(settings).hasSizeGreaterThan(20);
        assertThat(documented.keySet()).isEqualTo(settings.keySet());
        settings.forEach((setting, fallback) -> {
            if (fallback.isEmpty()) {
                assertThat(documented.get(setting)).as(setting).isNotBlank().doesNotStartWith("`");
            } else {
                assertThat(documented.get(setting)).as(setting).isEqualTo("`" + fallback + "`");
            }
        });
    }

    @Test
    void settingsOfOthersAreAsDescribed() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        Map<String, String> rows = CONFIGURATION.rows();
        List<String> checked = rows.keySet().stream()
                .filter(properties::containsKey)
                .filter(setting -> !setting.startsWith("tandem."))
                .toList();
        assertThat(checked).contains("quarkus.http.port", "quarkus.shutdown.timeout");
        for (String setting : checked) {
            assertThat(rows.get(setting)).as(setting).isEqualTo("`" + properties.getProperty(setting) + "`");
        }
    }

    @Test
    void everyRouteIsDescribed() {
        assertThat(Routes.of(CLASSES))
                .contains("POST /v1/collections", "GET /v1/collections/{name}/documents/{key}")
                .containsExactlyInAnyOrderElementsOf(API.codeHeadings());
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<Markdown> pages = pages();
        assertThat(pages).hasSizeGreaterThan(10).anyMatch(page -> page.links() > 10);
        assertThat(pages).flatExtracting(Markdown::brokenLinks).isEmpty();
        Markdown broken = new Markdown(
                Path.of("docs/page.md"),
                "# A `page`\n[gone](gone.md) [fine](api.md#filters) [nowhere](#here) [fine](#a-page) [no](api.md#no)");
        assertThat(broken.brokenLinks())
                .containsExactly("docs/page.md: gone.md", "docs/page.md: #here", "docs/page.md: api.md#no");
    }

    @Test
    void everyRoomIsOnTheMap() {
        assertThat(HouseRules.rooms(CLASSES, BASE)).isNotEmpty().allSatisfy(room -> assertThat(ARCHITECTURE.rows())
                .containsKey(room + "/"));
    }

    @Test
    void everyFolderIsOnTheMap() throws IOException {
        Path base = SOURCES.resolve(BASE.replace('.', '/'));
        try (Stream<Path> files = Files.walk(base)) {
            List<String> folders = files.filter(path -> path.toString().endsWith(".java"))
                    .map(path -> base.relativize(path.getParent()).toString().replace('\\', '/'))
                    .distinct()
                    .toList();
            List<String> drawn = FOLDERS.matcher(ARCHITECTURE.text())
                    .results()
                    .flatMap(line -> Stream.of(line.group(2).split(" +", -1)).map(folder -> line.group(1) + folder))
                    .map(folder -> folder.replaceFirst("/$", ""))
                    .toList();
            // What the map says of one model holds for all.
            Set<String> models = new Shelves(base).models();
            assertThat(models).contains("collection", "document");
            assertThat(drawn).hasSizeGreaterThan(40).isSubsetOf(folders).doesNotHaveDuplicates();
            assertThat(folders)
                    .filteredOn(folder -> !drawn.contains(folder))
                    .allMatch(folder -> models.contains(folder.substring(folder.lastIndexOf('/') + 1)));
        }
    }

    @Test
    void everyStepIsWhereTheMapSays() throws IOException {
        List<String> steps = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.endsWith("package-info.java")).toList()) {
                Matcher step = STEP.matcher(Files.readString(file));
                if (step.find()) {
                    Path room = SOURCES.resolve(BASE.replace('.', '/')).relativize(file.getParent());
                    steps.add(step.group(1));
                    assertThat(ARCHITECTURE.text())
                            .containsPattern("\\| " + step.group(1) + " \\| .* \\| `"
                                    + room.toString().replace('\\', '/') + "/` \\|");
                }
            }
        }
        // 4 and 6 are no packages
        assertThat(steps).containsExactlyInAnyOrder("1", "2", "3", "5", "7", "8", "9", "10");
    }

    @Test
    void commandsExist() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Markdown page : pages()) {
            commands.addAll(page.commands());
        }
        assertThat(README.commands()).contains("./mvnw quarkus:dev", "./mvnw verify");
        assertThat(Path.of("mvnw")).isExecutable();
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(commands).filteredOn(command -> command.startsWith("./mvnw")).allSatisfy(command -> {
            String goal = command.split("\\s+", 3)[1];
            String plugin = goal.split(":", 2)[0] + "-maven-plugin";
            assertThat(PHASES.contains(goal) || pom.contains("<artifactId>" + plugin + "<"))
                    .as(command)
                    .isTrue();
        });
        assertThat(commands)
                .filteredOn(command -> command.startsWith("docker"))
                .isNotEmpty()
                .allSatisfy(command -> {
                    Matcher file = COMPOSE_FILE.matcher(command);
                    assertThat(file.find()).isTrue();
                    assertThat(Path.of(file.group(1))).isRegularFile();
                });
    }

    @Test
    void examplesAreOfRoutesThatExist() {
        Set<String> routes = Routes.of(CLASSES);
        List<String> requests = Stream.of(README, API)
                .flatMap(page -> page.commands().stream())
                .filter(command -> command.startsWith("curl"))
                .toList();
        assertThat(requests).hasSizeGreaterThan(20).allSatisfy(request -> {
            Matcher address = ADDRESS.matcher(request);
            Matcher method = METHOD.matcher(request);
            assertThat(address.find()).isTrue();
            String kind = method.find() ? method.group(1) : "GET";
            assertThat(Routes.answer(routes, kind, address.group(1))).isTrue();
        });
        assertThat(Routes.answer(routes, "GET", "/v1/nothing")).isFalse();
    }

    /** The settings of all mappings, and those that are read by name, with their defaults; empty where there is none. */
    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        CODE.settings("tandem").stream()
                .filter(setting -> !NO_SETTINGS.contains(setting))
                .forEach(setting -> settings.put(setting, ""));
        for (JavaClass type : CLASSES) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                settings.putAll(
                        settings(type.getAnnotationOfType(ConfigMapping.class).prefix(), type.reflect()));
            }
        }
        return settings;
    }

    /** Of groups with a name each, only those that every group has: {@code prefix.groups.<name>.setting}. */
    private static Map<String, String> settings(String prefix, Class<?> mapping) {
        Map<String, String> settings = new TreeMap<>();
        for (Method method : mapping.getDeclaredMethods()) {
            String name = prefix + "." + kebab(method.getName());
            if (method.getGenericReturnType() instanceof ParameterizedType map
                    && map.getRawType() == Map.class
                    && map.getActualTypeArguments()[1] instanceof Class<?> group
                    && group.isInterface()) {
                settings.putAll(settings(name + ".<name>", group));
            } else {
                WithDefault fallback = method.getAnnotation(WithDefault.class);
                settings.put(name, fallback == null ? "" : fallback.value());
            }
        }
        return settings;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Markdown> pages() throws IOException {
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .map(Markdown::of)
                    .toList();
        }
    }
}
