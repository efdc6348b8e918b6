package org.paceline.rules.book;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.Territory;

/**
 * Finds the rules that bind a number by asking one territory after the other whether the number is in it. Numbers with
 * the same answers share their rules, which are put together when the first such number comes.
 *
 * <p>Thread: any. Racing threads put the same rules together twice and keep one of them.
 */
final class BindingTree {
    private final Territory[] territories;
    private final Function<List<Territory>, BindingRules> binding;
    private final Node root = new Node();

    /** A node of the tree. Its fields may be written by racing threads; each value is as good as the other. */
    private static final class Node {
        private volatile @Nullable Node inside;
        private volatile @Nullable Node outside;
        private volatile @Nullable BindingRules rules;
    }

    /**
     * @param territories the territories to ask, all different, in this order
     * @param binding returns the rules that bind numbers in the given territories and in none of the others
     */
    BindingTree(List<Territory> territories, Function<List<Territory>, BindingRules> binding) {
        this.territories = territories.toArray(Territory[]::new);
        this.binding = binding;
    }

    BindingRules of(PhoneNumber number) {
        Node node = root;
        for (Territory territory : territories) {
            node = territory.binds(number) ? inside(node) : outside(node);
        }
        BindingRules known = node.rules;
        if (known == null) {
            known = binding.apply(List.of(territories).stream()
                    .filter(territory -> territory.binds(number))
                    .toList());
            node.rules = known;
        }
        return known;
    }

    private static Node inside(Node node) {
        Node next = node.inside;
        if (next == null) {
            next = new Node();
            node.inside = next;
        }
        return next;
    }

    private static Node outside(Node node) {
        Node next = node.outside;
        if (next == null) {
            next = new Node();
            node.outside = next;
        }
        return next;
    }
}
