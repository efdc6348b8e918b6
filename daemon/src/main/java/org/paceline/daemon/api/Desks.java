package org.paceline.daemon.api;

import org.paceline.daemon.calls.CallArchive;
import org.paceline.daemon.calls.WorkBook;
import org.paceline.daemon.complaints.ComplaintDesk;

/** What the API reads and writes in the database, by what it is about. Thread: any. */
public record Desks(ComplaintDesk complaints, CallArchive calls, WorkBook work) {}
