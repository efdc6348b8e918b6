package org.paceline.daemon.donotcall;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.requests.RefusedInputException;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.OptOut;

/**
 * Enters single numbers into the do-not-call list, shows them and takes them out. Numbers are given as people write
 * them; a text that is no telephone number is a {@link RefusedInputException}.
 *
 * <p>Thread: any; may block. A database that does not answer comes as {@link SQLException} or Jdbi's unchecked
 * exception, a disk that cannot be written as {@link IOException}.
 */
public interface DoNotCallDesk {
    /** The most characters of a reason. */
    int LONGEST_REASON = 200;

    /**
     * Puts a number on the list, durably, and then holds it back from the very next dial.
     *
     * @param campaign the one campaign that it covers, or null for all
     * @param source who entered it, {@code agent:alice}
     * @param reason what the called party said, up to {@value #LONGEST_REASON} characters, or null
     * @return the number as it was understood, masked
     */
    String optOut(String number, @Nullable CampaignId campaign, String source, @Nullable String reason)
            throws SQLException, IOException;

    /** Returns a number's entries, expired ones too. */
    List<DoNotCallEntry> of(String number) throws SQLException;

    /**
     * Takes a number's entries out, which takes effect within a second. Who did it and why is kept.
     *
     * @param campaign only the entries for this campaign, or null for every entry
     * @param kind the kind of entries: complaints' or requests'
     * @return the entries that were taken out
     */
    List<DoNotCallEntry> optIn(String number, @Nullable CampaignId campaign, OptOut.Kind kind, String by, String reason)
            throws SQLException;
}
