package io.github.djlctc.examples.speech.serve;

/** A request that is not served, with a reason that its sender reads. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Codes of WebSockets from 4000 on are free for applications. */
    private static final int FIRST_FREE_CLOSE_CODE = 4000;

    private final int status;

    Refusal(int status, String reason) {
        super(reason);
        this.status = status;
    }

    static Refusal badRequest(String reason) {
        return new Refusal(400, reason);
    }

    /** Of what the client did not send to its end, or not as HTTP has it. */
    static Refusal notWhole(String what, Exception cause) {
        return badRequest(
                "the %s did not come whole (%s); send it again"
                        .formatted(what, cause.getMessage()));
    }

    static Refusal unauthorized() {
        return new Refusal(401, "this server asks for a token, and the one given is not it");
    }

    static Refusal forbidden(String reason) {
        return new Refusal(403, reason);
    }

    static Refusal tooLarge(String reason) {
        return new Refusal(413, reason);
    }

    static Refusal wrongType(String reason) {
        return new Refusal(415, reason);
    }

    static Refusal busy(String reason) {
        return new Refusal(429, reason);
    }

    /** Returns the status of HTTP. */
    int status() {
        return status;
    }

    /** Returns the code that closes a WebSocket: 4000 and the status. */
    int closeCode() {
        return FIRST_FREE_CLOSE_CODE + status;
    }
}
