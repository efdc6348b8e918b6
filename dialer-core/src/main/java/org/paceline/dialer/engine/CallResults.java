package org.paceline.dialer.engine;

import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.Call;
import org.paceline.dialer.campaign.Campaign;
import org.paceline.dialer.campaign.DialList;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Disposition.Meaning;
import org.paceline.dialer.campaign.Lead;
import org.paceline.dialer.campaign.LeadNext;
import org.paceline.rules.OptOut;

/**
 * What an agent's word on a call does to its number and its lead.
 *
 * <p>Thread: engine only.
 */
final class CallResults {
    private final World world;
    private final Turn turn;

    CallResults(World world, Turn turn) {
        this.world = world;
        this.turn = turn;
    }

    /** @return whether the campaign knows the disposition; nothing is done where not */
    boolean dispose(Call call, AgentId agent, String name) {
        Disposition disposition =
                call.campaign().settings().calls().dispositions().find(name);
        if (disposition == null) {
            return false;
        }
        turn.emit(new Effect.CallDisposed(call.id(), agent, disposition, turn.epochMillis()));
        holdBack(call.lead().number().e164(), agent, disposition.meaning());
        settle(call, disposition.meaning());
        return true;
    }

    CommandResult unknown(Call call, String name) {
        return new CommandResult.Refused("no disposition '" + name + "' in campaign "
                + call.campaign().id() + ": must be one of "
                + call.campaign().settings().calls().dispositions().names());
    }

    /** Holds for the very next dial, in whatever campaign. */
    private void holdBack(long e164, AgentId agent, Meaning meaning) {
        switch (meaning) {
            case REFUSED -> world.numbers.refused(e164, turn.epochMillis());
            case OPT_OUT -> optOut(e164, agent, OptOut.Kind.REQUEST);
            case COMPLAINT -> optOut(e164, agent, OptOut.Kind.COMPLAINT);
            case NOTHING, SUCCESS, CALLBACK, WRONG_NUMBER -> {}
        }
    }

    private void optOut(long e164, AgentId agent, OptOut.Kind kind) {
        OptOut entry = new OptOut("agent:" + agent, null, Long.MAX_VALUE, kind);
        world.numbers.optOut(e164, entry);
        turn.emit(new Effect.OptedOut(e164, entry, turn.epochMillis()));
    }

    /** While the call lasts its end settles the lead; a later word finds the lead gone on, and takes it back. */
    private void settle(Call call, Meaning meaning) {
        if (world.calls.get(call.id()) == call) {
            call.leadDone(meaning.isFinal());
        } else if (meaning.isFinal()) {
            finish(call.lead());
        }
    }

    private void finish(Lead done) {
        for (Call again : world.calls.values()) {
            if (again.lead().id().equals(done.id())) {
                again.leadDone(true);
                return;
            }
        }
        Campaign campaign = world.campaigns.get(done.campaign());
        if (campaign != null && takeFromList(campaign.list(), done)) {
            turn.emit(new Effect.LeadSettled(done.id(), new LeadNext.Done()));
        } else {
            turn.emit(new Effect.LeadFinished(done.id()));
        }
    }

    private boolean takeFromList(DialList list, Lead done) {
        if (list.remove(done.id())) {
            world.numbers.release(done.number().e164());
            return true;
        }
        return list.removeArrived(done.id());
    }
}
