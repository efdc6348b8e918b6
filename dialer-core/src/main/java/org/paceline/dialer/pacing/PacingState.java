package org.paceline.dialer.pacing;

/**
 * What a pacer went by when it last decided.
 *
 * @param free agents free, less the answered customers who wait
 * @param soonFree agents expected to come free within ten seconds
 * @param ringing calls that nobody has answered yet, of all campaigns that share the agents
 * @param expectedAnswers of those, expected within ten seconds
 * @param answerRate chance of an answer of a usual record, 0 to 1
 * @param answerRateDeviation standard deviation of that
 * @param price the risk that one more call may have of being answered without an agent, 0 to 1
 * @param risk the one that the next call has, 0 to 1
 * @param debt answered calls' share of the limit less the abandoned ones, calls; under 0 where too many were abandoned
 * @param abandonsLeft calls that may be abandoned before the tightest limit is reached
 * @param why it places no more calls, one line for people
 */
public record PacingState(
        int free,
        double soonFree,
        int ringing,
        double expectedAnswers,
        double answerRate,
        double answerRateDeviation,
        double price,
        double risk,
        double debt,
        double abandonsLeft,
        String why) {}
