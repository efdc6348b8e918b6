package org.paceline.daemon.api.http;

/** A request that is not done, with its HTTP status; the message goes to the caller as {@code {"error": …}}. */
public final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message for a failure that no caller can fix. */
    public static final String OWN_FAULT = "a fault of the daemon's own; its log has it";

    private final int status;
    private final boolean mayBeDone;

    private ApiProblem(int status, String message) {
        this(status, message, false);
    }

    private ApiProblem(int status, String message, boolean mayBeDone) {
        super(message, null, false, false);
        this.status = status;
        this.mayBeDone = mayBeDone;
    }

    public int status() {
        return status;
    }

    /** Whether the request may have been done nevertheless. */
    public boolean mayBeDone() {
        return mayBeDone;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public static ApiProblem badRequest(String message) {
        return new ApiProblem(400, message);
    }

    public static ApiProblem noToken() {
        return new ApiProblem(
                401, "no valid token: send the header 'Authorization: Bearer TOKEN' with a token of the configuration");
    }

    public static ApiProblem tooSlow(String message) {
        return new ApiProblem(408, message);
    }

    public static ApiProblem tooLarge(String message) {
        return new ApiProblem(413, message);
    }

    public static ApiProblem tooMany(String message) {
        return new ApiProblem(429, message);
    }

    public static ApiProblem notYours(String message) {
        return new ApiProblem(403, message);
    }

    public static ApiProblem notFound(String message) {
        return new ApiProblem(404, message);
    }

    public static ApiProblem refused(String message) {
        return new ApiProblem(409, message);
    }

    public static ApiProblem otherRequest(String message) {
        return new ApiProblem(422, message);
    }

    /** Makes a problem for a request that got no answer and may have been done. */
    public static ApiProblem unclear(String message) {
        return new ApiProblem(503, message, true);
    }

    /** Makes a problem for a request that found no room, so that nothing was done. */
    public static ApiProblem busy(String message) {
        return new ApiProblem(503, message);
    }
}
