package org.paceline.daemon.api;

/** A request that is not done, with its HTTP status; the message goes to the asker as {@code {"error": …}}. */
final class ApiProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private ApiProblem(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    static ApiProblem badRequest(String message) {
        return new ApiProblem(400, message);
    }

    static ApiProblem noToken() {
        return new ApiProblem(
                401, "no valid token: send the header 'Authorization: Bearer TOKEN' with a token of the configuration");
    }

    static ApiProblem notYours(String message) {
        return new ApiProblem(403, message);
    }

    static ApiProblem notFound(String message) {
        return new ApiProblem(404, message);
    }

    static ApiProblem refused(String message) {
        return new ApiProblem(409, message);
    }

    static ApiProblem busy(String message) {
        return new ApiProblem(503, message);
    }
}
