package org.paceline.rules.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.NearestWord;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlList;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlNode;

/**
 * Policy files before they are read, and which of them extend which. A user's own file replaces the built-in file with
 * the same id, except in its own {@code extends}, where that id means the built-in file.
 */
final class PolicyFiles {
    /** The keys that no file takes from another. */
    private static final Set<String> NEVER_INHERITED = Stream.concat(
                    PolicyKeys.OWN.stream(), Stream.of(PolicyReader.EXTENDS))
            .collect(Collectors.toUnmodifiableSet());

    private static final ScalarType<String> ID =
            new ScalarType<>("the id of a policy, for example us-federal", id -> id);

    private final SortedMap<String, YamlMap> builtIn;
    private final SortedMap<String, YamlMap> own;

    PolicyFiles(SortedMap<String, YamlMap> builtIn, SortedMap<String, YamlMap> own) {
        this.builtIn = new TreeMap<>(builtIn);
        this.own = new TreeMap<>(own);
    }

    /** Reads every file; a user's own files replace built-in ones with the same id. */
    SortedMap<String, Policy> read() {
        SortedMap<String, Policy> policies = new TreeMap<>();
        builtIn.forEach((id, root) -> policies.put(id, PolicyReader.read(root)));
        own.forEach((id, root) -> policies.put(id, read(root)));
        return policies;
    }

    private Policy read(YamlMap file) {
        List<YamlMap> files = new ArrayList<>();
        collect(file, new ArrayDeque<>(), files);
        YamlMap root = files.getFirst();
        for (YamlMap above : files.subList(1, files.size())) {
            root = above.over(root, NEVER_INHERITED);
        }
        return PolicyReader.read(root, files);
    }

    /**
     * Adds the files that a file extends, the last named first, and then the file itself; a file that several others
     * extend lies below all of them.
     */
    private void collect(YamlMap file, Deque<YamlMap> path, List<YamlMap> files) {
        if (files.contains(file)) {
            return;
        }
        path.addLast(file);
        List<YamlMap> bases = new ArrayList<>();
        for (YamlNode name : extended(file)) {
            YamlMap base = find(file, name);
            if (base != null && path.contains(base)) {
                refuseCircle(name, base, path);
            } else if (base != null) {
                bases.add(base);
            }
        }
        bases.reversed().forEach(base -> collect(base, path, files));
        path.removeLast();
        files.add(file);
    }

    private static List<YamlNode> extended(YamlMap file) {
        YamlNode node = file.node(PolicyReader.EXTENDS);
        return switch (node) {
            case null -> List.of();
            case YamlList list -> list.elements();
            default -> List.of(node);
        };
    }

    private @Nullable YamlMap find(YamlMap file, YamlNode name) {
        String id = ID.read(name);
        if (id == null) {
            return null;
        }
        boolean isOwnId = file == own.get(id);
        YamlMap base = isOwnId || !own.containsKey(id) ? builtIn.get(id) : own.get(id);
        if (base == null) {
            name.problem(isOwnId ? "'" + id + "' is this policy itself; name another one" : unknown(id));
        }
        return base;
    }

    private String unknown(String id) {
        Set<String> ids = new TreeSet<>(builtIn.keySet());
        ids.addAll(own.keySet());
        return unknown(id, ids);
    }

    static String unknown(String id, Set<String> ids) {
        String nearest = NearestWord.to(id, ids);
        return "no policy '" + id + "'; "
                + (nearest == null ? "there are " + String.join(", ", ids) : "did you mean '" + nearest + "'?");
    }

    /** Reports a circle once: when it is found from the first of its ids. */
    private static void refuseCircle(YamlNode name, YamlMap base, Deque<YamlMap> path) {
        List<String> circle = path.stream().map(PolicyFiles::id).toList();
        if (base == path.getFirst() && id(base).equals(Collections.min(circle))) {
            name.problem("closes a circle: " + String.join(" extends ", circle) + " extends " + id(base)
                    + "; take one of them out");
        }
    }

    static String id(YamlMap file) {
        return file.text(PolicyKeys.ID.name()).orElse("");
    }
}
