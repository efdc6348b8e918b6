package org.paceline.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds places for the labels of points, so that none lies over another or over a point. */
final class Labels {
    private static final double LETTER = 6.2;
    private static final double HEIGHT = 11;
    private static final double GAP = 6;

    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final List<Box> taken = new ArrayList<>();

    private record Box(double left, double top, double right, double bottom) {
        boolean meets(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    /** The place of a label: the left end of its base line. */
    record Place(double x, double y) {}

    Labels(double left, double right, double top, double bottom) {
        this.left = left;
        this.right = right;
        this.top = top;
        this.bottom = bottom;
    }

    /** Adds a point that no label may cover. */
    void point(double x, double y) {
        taken.add(new Box(x - 3, y - 3, x + 3, y + 3));
    }

    /** Adds an upright line that no label may cover. */
    void upright(double x) {
        taken.add(new Box(x - 1, top, x + 1, bottom));
    }

    /** Returns a place for the label; null where there is no room beside the point. */
    @Nullable
    Place place(double x, double y, String label) {
        double width = label.length() * LETTER;
        double[][] corners = {
            {x + GAP, y - HEIGHT / 2},
            {x - GAP - width, y - HEIGHT / 2},
            {x - width / 2, y - GAP - HEIGHT},
            {x - width / 2, y + GAP}
        };
        for (double[] corner : corners) {
            Box box = new Box(corner[0], corner[1], corner[0] + width, corner[1] + HEIGHT);
            boolean inside = box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
            if (inside && taken.stream().noneMatch(box::meets)) {
                taken.add(box);
                return new Place(box.left, box.bottom - 2);
            }
        }
        return null;
    }
}
