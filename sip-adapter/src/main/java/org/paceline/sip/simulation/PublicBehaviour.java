package org.paceline.sip.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The behaviour of the called public.
 *
 * @param shares shares of calls by how they end
 * @param postDial time from the INVITE to ringing or a refusal
 * @param ring time from ringing to the answer, or to the rejection
 * @param talk time from the first word heard to hanging up
 * @param patience time from the answer to hanging up where no word is heard
 */
public record PublicBehaviour(Shares shares, TimeLaw postDial, TimeLaw ring, TimeLaw talk, TimeLaw patience) {

    /** Everybody answers. */
    public static PublicBehaviour answering(long ringMillis, long talkMillis) {
        return new PublicBehaviour(
                new Shares(1, 0, 0, 0, 0, 0),
                TimeLaw.fixed(0),
                TimeLaw.fixed(ringMillis),
                TimeLaw.fixed(talkMillis),
                TimeLaw.fixed(10_000));
    }

    /** A consumer list on a weekday: 35 % answer, half of the rest let it ring. */
    public static PublicBehaviour typical() {
        return new PublicBehaviour(
                new Shares(0.35, 0.37, 0.12, 0.07, 0.03, 0.06),
                TimeLaw.uniform(300, 1_500),
                TimeLaw.exponential(7_000, 30_000),
                TimeLaw.logNormal(45_000, 0.8, 600_000),
                TimeLaw.uniform(3_000, 9_000));
    }

    /**
     * Decides what becomes of one call. That depends only on the seed, the number and how often it was called before,
     * and not on the order of calls.
     */
    Fate fate(long seed, String number, long attempt) {
        RandomGenerator random = new SplittableRandom(seed + 31L * number.hashCode() + 0x9E3779B97F4A7C15L * attempt);
        return new Fate(
                shares.draw(random.nextDouble()),
                postDial.millis(random),
                ring.millis(random),
                talk.millis(random),
                patience.millis(random));
    }

    /**
     * Shares of calls, 0 to 1, which add up to 1.
     *
     * @param noAnswer rings until the caller gives up
     * @param busy 486
     * @param invalid 404, no such number
     * @param congestion 503, the network has no room
     * @param rejected 603, after some ringing
     */
    public record Shares(
            double answer, double noAnswer, double busy, double invalid, double congestion, double rejected) {

        public Shares {
            double sum = answer + noAnswer + busy + invalid + congestion + rejected;
            boolean negative = answer < 0 || noAnswer < 0 || busy < 0 || invalid < 0 || congestion < 0 || rejected < 0;
            if (negative || Math.abs(sum - 1) > 1e-6) {
                throw new IllegalArgumentException("answer=" + answer + " noAnswer=" + noAnswer + " busy=" + busy
                        + " invalid=" + invalid + " congestion=" + congestion + " rejected=" + rejected
                        + ": none may be negative and they must add up to 1");
            }
        }

        /** @param point 0 (inclusive) to 1 */
        End draw(double point) {
            double left = point;
            if ((left -= noAnswer) < 0) {
                return End.NO_ANSWER;
            }
            if ((left -= busy) < 0) {
                return End.BUSY;
            }
            if ((left -= invalid) < 0) {
                return End.INVALID;
            }
            if ((left -= congestion) < 0) {
                return End.CONGESTION;
            }
            return left < rejected ? End.REJECTED : End.ANSWERED;
        }
    }

    /** The ways in which a call ends, with their SIP status. */
    enum End {
        ANSWERED(200),
        /** Nobody answers; the call ends after two minutes of ringing, when nobody gave up before. */
        NO_ANSWER(480),
        BUSY(486),
        INVALID(404),
        CONGESTION(503),
        REJECTED(603);

        private final int status;

        End(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    record Fate(End end, long postDialMillis, long ringMillis, long talkMillis, long patienceMillis) {}
}
