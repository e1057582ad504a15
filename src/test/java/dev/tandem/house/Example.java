package dev.tandem.house;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code curl} of the documentation, and the answer that is shown for it.
 *
 * @param isFirst whether it begins a block, so that it goes on with nothing
 * @param input what is piped into it; empty if nothing is
 * @param answer empty if none is shown
 */
record Example(boolean isFirst, String command, String input, Optional<String> answer) {

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```$\\n?(?:```([a-z]*)\\n(.*?)^```$)?");
    /** What a shell takes for one word: runs of quoted and bare text. */
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"(?:\\\\.|[^\"])*\"|[^\\s'\"])+");

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"((?:\\\\.|[^\"])*)\"|([^'\"]+)");

    /** All of a page, in its order. What follows a block at once is the answer to its last command. */
    static List<Example> of(String page) {
        List<Example> examples = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(page).results().toList()) {
            List<Example> commands = commands(block.group(1));
            if (!commands.isEmpty() && block.group(3) != null) {
                Example last = commands.removeLast();
                commands.add(last.with(last.command, Optional.of(block.group(3))));
            }
            examples.addAll(commands);
        }
        return examples;
    }

    Example with(String other, Optional<String> shown) {
        return new Example(isFirst, other, input, shown);
    }

    private static List<Example> commands(String block) {
        List<Example> commands = new ArrayList<>();
        String input = "";
        for (String line : lines(block)) {
            int begin = line.indexOf("curl ");
            if (line.startsWith("printf '%s\\n' ") && begin > 0) {
                List<String> words = words(line.substring(0, line.lastIndexOf('|', begin)));
                input = String.join("\n", words.subList(2, words.size())) + "\n";
            }
            if (begin == 0 || !input.isEmpty()) {
                String command = line.substring(begin).replaceFirst(" > \\S+$", "");
                commands.add(new Example(commands.isEmpty(), command, input, Optional.empty()));
                input = "";
            }
        }
        return commands;
    }

    /** The commands of a block: a line ends where neither a backslash, a pipe nor a quote goes on. */
    private static List<String> lines(String block) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : block.replace("\\\n", " ").split("\n")) {
            line.append(part);
            boolean goesOn = line.chars().filter(c -> c == '\'').count() % 2 == 1 || part.endsWith("|");
            if (goesOn) {
                line.append('\n');
            } else {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
        }
        return lines;
    }

    private static List<String> words(String line) {
        return WORD.matcher(line)
                .results()
                .map(word -> QUOTED.matcher(word.group()).replaceAll(Example::unquoted))
                .toList();
    }

    private static String unquoted(MatchResult part) {
        for (int group : List.of(1, 3)) {
            if (part.group(group) != null) {
                return Matcher.quoteReplacement(part.group(group));
            }
        }
        return Matcher.quoteReplacement(part.group(2).replaceAll("\\\\(.)", "$1"));
    }

    /** What {@code curl} would send, to this place instead of {@code localhost:8080}. */
    HttpRequest request(URI place) {
        String method = "";
        String address = "";
        boolean inAddress = false;
        List<String> data = new ArrayList<>();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        Iterator<String> words = words(command).iterator();
        words.next();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "-X" -> method = words.next();
                case "-G" -> inAddress = true;
                case "-d" -> data.add(words.next());
                case "--data-urlencode" -> data.add(encoded(words.next()));
                case "--data-binary" -> data.add(words.next().equals("@-") ? input : "");
                case "-H" -> {
                    String[] header = words.next().split(": ", 2);
                    request.header(header[0], header[1]);
                }
                case "-i", "-N", "-s" -> {}
                default -> address = word.replaceFirst("^localhost:8080", "");
            }
        }
        String body = String.join("&", data);
        String query = inAddress ? (address.contains("?") ? "&" : "?") + body : "";
        boolean sends = !inAddress && !data.isEmpty();
        return request.uri(place.resolve(address + query))
                .method(
                        method.isEmpty() ? sends ? "POST" : "GET" : method,
                        sends ? BodyPublishers.ofString(body) : BodyPublishers.noBody())
                .build();
    }

    private static String encoded(String parameter) {
        String[] parts = parameter.split("=", 2);
        return parts[0] + "=" + URLEncoder.encode(parts[1], StandardCharsets.UTF_8);
    }
}
