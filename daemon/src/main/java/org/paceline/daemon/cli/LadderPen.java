package org.paceline.daemon.cli;

import java.nio.charset.Charset;

/**
 * Draws lines and arrows of text, with the characters that the terminal has.
 *
 * <p>Thread: any (immutable).
 *
 * @param lifeline a peer's line
 * @param shaft of an arrow
 * @param repeated of an arrow for what was sent before
 * @param right the head of one to the right
 * @param left the head of one to the left
 * @param broken the end of one that did not leave
 */
record LadderPen(char lifeline, char shaft, char repeated, char right, char left, char broken) {
    private static final LadderPen LINES = new LadderPen('│', '─', '╌', '▶', '◀', '✗');
    private static final LadderPen ASCII = new LadderPen('|', '-', '.', '>', '<', 'x');

    static LadderPen of(Charset terminal) {
        return terminal.canEncode() && terminal.newEncoder().canEncode("│─╌▶◀✗") ? LINES : ASCII;
    }

    /** Returns the text without control characters, which could order a terminal about. */
    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** Appends a text centred at a column, cut to a width. */
    static void centred(StringBuilder line, int column, String text, int width) {
        String shown = text.length() <= width ? text : text.substring(0, width - 1) + "~";
        fill(line, column - shown.length() / 2);
        line.append(shown);
    }

    /**
     * Appends the lines of all peers, and an arrow between ours and one of theirs.
     *
     * @param margin the column of our line
     * @param lane columns from line to line
     * @param lanes how many peers there are
     * @param to which one the arrow goes to or comes from, from 1
     */
    void arrow(
            StringBuilder line, int margin, int lane, int lanes, int to, String way, String label, boolean isRepeated) {
        fill(line, margin);
        int start = line.length();
        for (int i = 0; i <= lanes * lane; i++) {
            line.append(i % lane == 0 ? lifeline : ' ');
        }
        int end = start + to * lane;
        for (int i = start + 1; i < end; i++) {
            line.setCharAt(i, isRepeated ? repeated : shaft);
        }
        switch (way) {
            case "received" -> line.setCharAt(start + 1, left);
            case "sent" -> line.setCharAt(end - 1, right);
            default -> line.setCharAt(start + 2, broken);
        }
        int room = lane - 7;
        String shown = ' ' + (label.length() <= room ? label : label.substring(0, room - 1) + "~") + ' ';
        int at = end - lane / 2 - shown.length() / 2;
        line.replace(at, at + shown.length(), shown);
    }

    private static void fill(StringBuilder line, int column) {
        while (line.length() < column) {
            line.append(' ');
        }
    }
}
