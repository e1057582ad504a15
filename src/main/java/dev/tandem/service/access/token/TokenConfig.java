package dev.tandem.service.access.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tokens of an identity provider are accepted, beside keys, and what they grant. */
@ConfigMapping(prefix = "tandem.access.token")
public interface TokenConfig {

    /** The issuer that a token must name. Without it, no tokens are accepted. */
    Optional<String> issuer();

    /** Where the issuer's public keys are, as a JSON Web Key Set. */
    Optional<URI> keys();

    /** A token must be meant for one of these. */
    Optional<List<String>> audience();

    /** The signature algorithms that are accepted: those of RSA and of elliptic curves. */
    @WithDefault("RS256,ES256")
    List<String> algorithms();

    /** The claim with the caller's name. */
    @WithDefault("sub")
    String nameClaim();

    /** The claim with the caller's groups, a list or a text with spaces; dots lead into objects, as in {@code realm_access.roles}. */
    @WithDefault("groups")
    String groupsClaim();

    /** The grants of each group: a right and collections, as in {@code read:articles,write:tenant-*}. Groups that are not here grant nothing. */
    Map<String, List<String>> grants();

    /** How far the issuer's clock and this one may differ. */
    @WithDefault("30s")
    Duration clockSkew();

    /** How long the issuer's keys are used before they are fetched again. */
    @WithDefault("10m")
    Duration keysRefresh();

    /** How long fetching them may take. */
    @WithDefault("5s")
    Duration keysTimeout();
}
