package dev.tandem.remote;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of every server of a model must satisfy. Each method throws an {@link IllegalStateException} that names the setting which is
 * wrong, and no secret.
 *
 * @param group what the names of the settings of all such servers begin with, such as {@code tandem.embedding.servers.}
 * @param name of the model in Tandem
 */
public record ServerRules(String group, String name) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");

    /** @param setting null if the name itself is wrong */
    public IllegalStateException wrong(@Nullable String setting, String rule) {
        return new IllegalStateException(
                "The setting %s is wrong: %s.".formatted(setting == null ? all() : all() + "." + setting, rule));
    }

    /** What the names of all settings of the server begin with. */
    public String all() {
        return group + name;
    }

    /** @param setting null if the name itself is wrong */
    public void require(boolean holds, @Nullable String setting, String rule) {
        if (!holds) {
            throw wrong(setting, rule);
        }
    }

    /** @param taken a name that means something else; null if there is none */
    public void requireName(@Nullable String taken) {
        String rule = "a name has 1 to 64 lower-case letters, digits, dots, hyphens and underscores";
        require(
                NAME.matcher(name).matches() && !name.equals(taken),
                null,
                taken == null ? rule : rule + ", and is not '" + taken + "'");
    }

    public void requireAddress(URI url) {
        require(
                ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null,
                "url",
                "it must be an address that begins with http:// or https://");
        require(
                url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null,
                "url",
                "it must have no user, no query and no fragment; a secret belongs into 'key'");
    }

    public void requireTime(Duration time, String setting) {
        require(time.toMillis() > 0 && time.toHours() < 1, setting, "it is more than 0 and less than an hour");
    }

    public void requireOneKey(Optional<String> key, Optional<Path> file) {
        require(key.isEmpty() || file.isEmpty(), "key-file", "'key' is set too");
    }
}
