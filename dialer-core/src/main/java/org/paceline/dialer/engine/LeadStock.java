package org.paceline.dialer.engine;

import java.util.List;
import java.util.function.Consumer;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Replenishment;

/**
 * How many leads a campaign has leased: as many as its agents at work will soon dial, because another node may need the
 * rest. When a list runs dry at once, as one full of refused numbers does, twice as many are asked for each time. Leads
 * that nobody has needed for half a minute go back.
 *
 * <p>Thread: engine only.
 */
final class LeadStock {
    /**
     * The least stock for one agent: a request takes some milliseconds, and numbers that are on a call are held back.
     */
    static final int LEAST = 10;

    static final int MOST = 500;

    /** How many times the need a stock may be before it counts as too large. */
    private static final int PLENTY = 4;

    /** How many calls for each agent leads are kept in stock for. */
    private static final double USUAL_LINES = 4;

    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final long KEEP_NANOS = 30_000_000_000L;

    private final EventContext context;
    private final Consumer<Lead> giveBack;

    /** @param giveBack takes leads that were admitted */
    LeadStock(EventContext context, Consumer<Lead> giveBack) {
        this.context = context;
        this.giveBack = giveBack;
    }

    /** Asks for leads where they run short. */
    void refill(Campaign campaign) {
        Replenishment stock = campaign.replenishment();
        if (!stock.mayAsk(context.nanos())) {
            return;
        }
        int need = need(campaign);
        if (campaign.list().ready() < (need + 1) / 2) {
            int count = stock.runsDry(context.nanos()) ? Math.clamp(2L * stock.lastAsked(), need, MOST) : need;
            stock.asked(count);
            context.emit(new Effect.RequestLeads(campaign.id(), count));
        }
    }

    private int need(Campaign campaign) {
        int atWork = campaign.pool().atWork();
        return atWork == 0
                ? 0
                : (int) Math.clamp(
                        4 * atWork * linesForAnAgent(campaign.settings().pacing()), LEAST, MOST);
    }

    private static double linesForAnAgent(PacingSettings pacing) {
        return pacing.mode() == DialMode.PREDICTIVE
                ? Math.min(USUAL_LINES, pacing.predictive().maxLinesPerAgent())
                : pacing.linesPerAgent();
    }

    /**
     * Gives back leads that are not needed, looking each second.
     *
     * @param dials whether nothing but agents, trunks and the database keeps the campaign from dialling
     */
    void giveBackUnneeded(Campaign campaign, boolean dials) {
        Replenishment stock = campaign.replenishment();
        if (!stock.lookIsDue(context.nanos(), LOOK_NANOS)) {
            return;
        }
        int need = dials ? need(campaign) : 0;
        boolean tooMany = campaign.list().size() > PLENTY * need;
        if (!stock.tooMany(tooMany, context.nanos(), KEEP_NANOS)) {
            return;
        }
        List<Lead> unneeded = need == 0
                ? campaign.list().drain()
                : campaign.list().takeLast(campaign.list().ready() - need);
        unneeded.forEach(giveBack);
        if (!unneeded.isEmpty()) {
            stock.wake(); // leads that went back can be asked for again
        }
    }
}
