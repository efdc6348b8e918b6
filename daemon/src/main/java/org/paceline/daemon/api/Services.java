package org.paceline.daemon.api;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.paceline.daemon.agents.AgentDesk;
import org.paceline.daemon.callbacks.CallbackDesk;
import org.paceline.daemon.calls.CallArchive;
import org.paceline.daemon.calls.WorkBook;
import org.paceline.daemon.complaints.ComplaintDesk;
import org.paceline.daemon.donotcall.DoNotCallDesk;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.leads.RefusalDesk;
import org.paceline.daemon.pauses.CampaignPauses;
import org.paceline.daemon.requests.KeyedRequests;
import org.paceline.daemon.trace.SipTrace;
import org.paceline.dialer.id.AgentId;

/**
 * The services through which the API reads and writes the database, by subject. Thread: any.
 *
 * @param callbackFigures of each campaign, as last counted
 * @param phones the registered phones of the agents whose phones register
 */
public record Services(
        AgentDesk agents,
        RefusalDesk refusals,
        DoNotCallDesk doNotCall,
        ComplaintDesk complaints,
        CallbackDesk callbacks,
        Supplier<Map<String, CallbackFigures>> callbackFigures,
        CallArchive calls,
        WorkBook work,
        CampaignPauses pauses,
        KeyedRequests requests,
        Supplier<Map<AgentId, List<RegisteredPhone>>> phones,

        SipTrace sipTrace) {}
