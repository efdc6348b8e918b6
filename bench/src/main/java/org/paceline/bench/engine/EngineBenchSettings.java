package org.paceline.bench.engine;

/**
 * The settings of the engine's bench.
 *
 * @param eventsPerSecond events a second, for the engine alone
 * @param dialsPerSecond agents that come free a second, in the pipeline
 * @param warmUpSeconds how long each part runs before it is measured
 */
record EngineBenchSettings(
        int agents,
        double eventsPerSecond,
        double dialsPerSecond,
        int seconds,
        int warmUpSeconds,
        JournalKind journal) {

    /** The journal that makes attempts durable before they are dialled. */
    enum JournalKind {
        /** The production journal and store on an H2 file with its redo log. */
        H2,
        /** No journal, to measure the pipeline alone. */
        NONE
    }
}
