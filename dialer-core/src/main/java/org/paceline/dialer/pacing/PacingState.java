package org.paceline.dialer.pacing;

/**
 * The figures that a pacer's last decision was based on.
 *
 * @param free agents free, less the answered customers who wait
 * @param soonFree agents expected to come free within ten seconds
 * @param ringing calls that nobody has answered yet, of all campaigns that share the agents
 * @param expectedAnswers how many of these calls are expected to be answered within ten seconds
 * @param answerRate chance that a call to a usual lead is answered, 0 to 1
 * @param answerRateDeviation standard deviation of that chance
 * @param price the risk that one more call may have of being answered without an agent, 0 to 1
 * @param risk the risk that the next call has, 0 to 1
 * @param debt how many abandoned calls the answered calls allow, less those that were abandoned; below 0 where too many
 * were
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
