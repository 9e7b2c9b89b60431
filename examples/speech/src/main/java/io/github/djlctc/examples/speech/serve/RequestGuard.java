package io.github.djlctc.examples.speech.serve;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may ask: by the name that the server was called by, by the page that asks, and by a
 * token.
 *
 * <p>A page from elsewhere that runs in the user's browser can reach a server on the user's
 * machine. The browser says where the page is from (Origin); a name that leads to 127.0.0.1 without
 * being its own (DNS rebinding) shows in the header Host.
 */
final class RequestGuard {

    private static final String BEARER = "Bearer ";

    private final Optional<byte[]> token;
    private final Set<String> origins;
    private final Set<String> hosts = new HashSet<>();
    private final boolean loopback;

    /**
     * Creates the guard.
     *
     * @param host the name or address that the server listens on
     * @param origins other origins that may ask, such as {@code https://speech.example.org}
     * @param token what requests must give; empty if nothing
     */
    RequestGuard(String host, List<String> origins, Optional<String> token) {
        this.token = token.map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.origins = new HashSet<>();
        loopback = isLoopback(host);
        hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]", host.toLowerCase(Locale.ROOT)));
        for (String origin : origins) {
            this.origins.add(normal(origin));
            hosts.add(hostOf(URI.create(origin).getRawAuthority()));
        }
    }

    /**
     * Tells whether only this machine reaches a server.
     *
     * @param host the name or address that it listens on
     */
    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Checks the headers that browsers set.
     *
     * @param host the header Host
     * @param origin the header Origin; null if there is none, as of programs
     * @throws Refusal if the request is from elsewhere
     */
    void checkSender(String host, String origin) {
        if (host == null || (loopback && !hosts.contains(hostOf(host)))) {
            throw Refusal.forbidden(
                    "the server is not called \"%s\"; use localhost, or name the origin by"
                                    .formatted(host)
                            + " --allow-origin");
        }
        if (origin != null && !isSame(origin, host) && !origins.contains(normal(origin))) {
            throw Refusal.forbidden(
                    "pages from \"%s\" may not use this server; --allow-origin permits it"
                            .formatted(origin));
        }
    }

    /**
     * Tells whether an origin is one of those that are named as permitted.
     *
     * @param origin the header Origin, or null
     */
    boolean isPermitted(String origin) {
        return origin != null && origins.contains(normal(origin));
    }

    private static boolean isSame(String origin, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String from = normal(origin);
        return from.equals("http://" + name) || from.equals("https://" + name);
    }

    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Returns an authority without its port. */
    private static String hostOf(String authority) {
        String lower = authority.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        return colon > lower.lastIndexOf(']') ? lower.substring(0, colon) : lower;
    }

    /** Tells whether a token is asked for. */
    boolean asksForToken() {
        return token.isPresent();
    }

    /**
     * Checks the header Authorization.
     *
     * @param authorization the header, or null
     * @throws Refusal if a token is asked for, and this is not it
     */
    void checkAuthorization(String authorization) {
        boolean bearer =
                authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        checkToken(bearer ? authorization.substring(BEARER.length()) : null);
    }

    /**
     * Checks a token, in a time that does not depend on where it differs.
     *
     * @param given the token, or null
     * @throws Refusal if a token is asked for, and this is not it
     */
    void checkToken(String given) {
        if (token.isEmpty()) {
            return;
        }
        byte[] bytes = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(token.get(), bytes)) {
            throw Refusal.unauthorized();
        }
    }
}
