package org.paceline.daemon.config.read;

import java.util.List;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.daemon.config.key.CampaignKeys;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CallerIdPlan.Choice;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.NumberRange;
import org.paceline.yaml.Field;
import org.paceline.yaml.Place;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

/** Reads which caller IDs a campaign presents: all must be allotted to it and accepted by its trunks. */
final class CallerIdReader {
    private final YamlMap root;
    private final DaemonConfig daemon;

    CallerIdReader(YamlMap root, DaemonConfig daemon) {
        this.root = root;
        this.daemon = daemon;
    }

    CallerIdPlan read(List<TrunkId> trunks, List<NumberRange> allotted) {
        Field<Long> field = CampaignKeys.CALLER_ID.in(root);
        long callerId = field.required(0L);
        Choice choice = CampaignKeys.CALLER_ID_CHOICE.of(root);
        if (field.orNull() != null) {
            if (!allotted.isEmpty() && allotted.stream().noneMatch(range -> range.contains(callerId))) {
                field.place().problem("+" + callerId + " is not allotted: must be within caller-ids " + allotted);
            }
            refuseUnaccepted(new NumberRange(callerId, callerId), trunks, field.place(), "");
        }
        if (choice != Choice.FIXED) {
            Place place = CampaignKeys.CALLER_IDS.in(root).place();
            String why = ": each may be presented, as caller-id-choice is " + ScalarType.written(choice);
            allotted.forEach(range -> refuseUnaccepted(range, trunks, place, why));
        }
        return new CallerIdPlan(choice, callerId, allotted);
    }

    private void refuseUnaccepted(NumberRange presented, List<TrunkId> trunks, Place place, String why) {
        for (TrunkId id : trunks) {
            TrunkConfig trunk = daemon.trunk(id);
            if (trunk != null && !trunk.accepts(presented)) {
                place.problem(
                        presented + " is not accepted by trunk '" + id + "', which takes " + trunk.callerIds() + why);
            }
        }
    }
}
