package io.github.djlctc.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds hotwords in a text that comes character by character.
 *
 * <p>The automaton of A. V. Aho and M. J. Corasick, "Efficient String Matching", Communications of
 * the ACM 18 (1975), over phrases with a space at both ends, so that only whole words match. While
 * a phrase is matched, a share of its weight is lent according to the characters seen, so that it
 * survives the beam; what was lent is taken back when the match breaks off.
 */
final class HotwordAutomaton {

    private static final int ROOT = 0;

    private final char[][] characters;
    private final int[][] children;
    private final int[] fallback;

    /** What a match that is under way has been lent. */
    private final double[] lent;

    /** The weights of the phrases that end at a node. */
    private final double[] gained;

    private final double greatestLoan;
    private final double greatestReward;

    /**
     * Builds the automaton.
     *
     * @param weights the weight of each phrase, words with one space between them
     */
    HotwordAutomaton(Map<String, Double> weights) {
        List<Node> nodes = nodes(weights);
        characters = new char[nodes.size()][];
        children = new int[nodes.size()][];
        fallback = new int[nodes.size()];
        lent = nodes.stream().mapToDouble(node -> node.lent).toArray();
        gained = nodes.stream().mapToDouble(node -> node.gained).toArray();
        for (int i = 0; i < children.length; i++) {
            Map<Character, Integer> next = nodes.get(i).children;
            StringBuilder sorted = new StringBuilder();
            next.keySet().forEach(sorted::append);
            characters[i] = sorted.toString().toCharArray();
            children[i] = next.values().stream().mapToInt(Integer::intValue).toArray();
        }
        link();
        greatestLoan = Arrays.stream(lent).max().orElseThrow();
        greatestReward = Math.max(0, Arrays.stream(gained).max().orElseThrow());
    }

    /** A place in a phrase, while the automaton is built. */
    private static final class Node {

        private final Map<Character, Integer> children = new TreeMap<>();
        private double lent;
        private double gained;
    }

    private static List<Node> nodes(Map<String, Double> weights) {
        List<Node> nodes = new ArrayList<>(List.of(new Node()));
        weights.forEach((phrase, weight) -> addPhrase(nodes, " " + phrase + " ", weight));
        return nodes;
    }

    private static void addPhrase(List<Node> nodes, String pattern, double weight) {
        Node node = nodes.get(ROOT);
        int last = pattern.length() - 1;
        for (int i = 0; i <= last; i++) {
            int child = node.children.computeIfAbsent(pattern.charAt(i), c -> nodes.size());
            if (child == nodes.size()) {
                nodes.add(new Node());
            }
            node = nodes.get(child);
            // The space before a word is nothing seen yet, and the one behind the last ends the
            // loan.
            if (i > 0 && i < last) {
                node.lent = Math.max(node.lent, weight * i / last);
            }
        }
        node.gained += weight;
    }

    /** Sets, breadth first, where to go on when a match breaks off, and what ends with it. */
    private void link() {
        Deque<Integer> queue = new ArrayDeque<>();
        Arrays.stream(children[ROOT]).forEach(queue::add);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int i = 0; i < children[node].length; i++) {
                int child = children[node][i];
                int shorter = step(fallback[node], characters[node][i]);
                fallback[child] = shorter;
                gained[child] += gained[shorter];
                lent[child] = Math.max(lent[child], lent[shorter]);
                queue.add(child);
            }
        }
    }

    /** Returns the state before the first word. */
    int start() {
        return step(ROOT, ' ');
    }

    /** Returns the state after one more character. */
    int step(int state, char character) {
        int node = state;
        while (true) {
            int found = Arrays.binarySearch(characters[node], character);
            if (found >= 0) {
                return children[node][found];
            }
            if (node == ROOT) {
                return ROOT;
            }
            node = fallback[node];
        }
    }

    /**
     * Returns what a step adds to the score: phrases that it completes, and the change of loans.
     */
    double gain(int before, int after) {
        return gained[after] + lent[after] - lent[before];
    }

    /** Returns the most that steps can add which end some words. */
    double greatestGain(int wordEnds) {
        return wordEnds * greatestReward + greatestLoan;
    }

    /** Returns what was lent for a match that is under way. */
    double loan(int state) {
        return lent[state];
    }
}
