package org.paceline.bench.engine;

/**
 * How the engine's bench runs.
 *
 * @param eventsPerSecond of the engine alone
 * @param dialsPerSecond agents that come free a second, in the pipeline
 * @param warmUpSeconds run before, and not measured, in each part
 */
record EngineBenchSettings(
        int agents,
        double eventsPerSecond,
        double dialsPerSecond,
        int seconds,
        int warmUpSeconds,
        JournalKind journal) {

    /** What makes attempts durable before they are dialled. */
    enum JournalKind {
        /** The production journal and store on an H2 file, {@code WRITE_DELAY=0}. */
        H2,
        /** None: what the pipeline alone takes. */
        NONE
    }
}
