package io.github.djlctc.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds hotwords in a text, character by character.
 *
 * <p>The automaton of A. V. Aho and M. J. Corasick, "Efficient String Matching", Communications of
 * the ACM 18 (1975). While a pattern is matched, the score gets a credit, the share of the weight
 * that corresponds to the characters matched so far, so that the match survives the beam. The
 * credit is taken back when the match fails, and replaced by the weight when it is complete.
 *
 * <p>States are the nodes of the patterns' trie, numbered from the root.
 */
final class HotwordAutomaton {

    private static final int ROOT = 0;

    /** The characters that lead to the children of each node, in ascending order. */
    private final char[][] characters;

    /** The children of each node, in the order of {@link #characters}. */
    private final int[][] children;

    /** The node of the longest proper suffix of each node that is in the trie. */
    private final int[] fallback;

    /** The credit of each node: the greatest of all unfinished patterns that its text ends in. */
    private final double[] credit;

    /** The sum of the weights of the patterns that end at each node. */
    private final double[] reward;

    private final double greatestCredit;
    private final double greatestReward;

    /**
     * Builds the automaton.
     *
     * @param weights the weight of each pattern; a pattern of whole words has a space at both ends
     */
    HotwordAutomaton(Map<String, Double> weights) {
        List<Node> nodes = nodes(weights);
        characters = new char[nodes.size()][];
        children = new int[nodes.size()][];
        fallback = new int[nodes.size()];
        credit = nodes.stream().mapToDouble(node -> node.credit).toArray();
        reward = nodes.stream().mapToDouble(node -> node.reward).toArray();
        for (int i = 0; i < children.length; i++) {
            Map<Character, Integer> next = nodes.get(i).children;
            StringBuilder sorted = new StringBuilder();
            next.keySet().forEach(sorted::append);
            characters[i] = sorted.toString().toCharArray();
            children[i] = next.values().stream().mapToInt(Integer::intValue).toArray();
        }
        link();
        greatestCredit = Arrays.stream(credit).max().orElseThrow();
        greatestReward = Math.max(0, Arrays.stream(reward).max().orElseThrow());
    }

    /** A node of the trie, while the automaton is built. */
    private static final class Node {

        private final Map<Character, Integer> children = new TreeMap<>();
        private double credit;
        private double reward;
    }

    private static List<Node> nodes(Map<String, Double> weights) {
        List<Node> nodes = new ArrayList<>(List.of(new Node()));
        weights.forEach((pattern, weight) -> addPattern(nodes, pattern, weight));
        return nodes;
    }

    private static void addPattern(List<Node> nodes, String pattern, double weight) {
        // The space before the first word gets no credit, since every word follows one.
        int spaces = pattern.charAt(0) == ' ' ? 1 : 0;
        Node node = nodes.get(ROOT);
        for (int i = 0; i < pattern.length(); i++) {
            int child = node.children.computeIfAbsent(pattern.charAt(i), c -> nodes.size());
            if (child == nodes.size()) {
                nodes.add(new Node());
            }
            node = nodes.get(child);
            if (i + 1 < pattern.length()) {
                double share = (double) (i + 1 - spaces) / (pattern.length() - spaces);
                node.credit = Math.max(node.credit, weight * share);
            }
        }
        node.reward += weight;
    }

    /**
     * Sets the fallbacks breadth first, and adds their rewards and credits to those of each node.
     */
    private void link() {
        Deque<Integer> queue = new ArrayDeque<>();
        Arrays.stream(children[ROOT]).forEach(queue::add);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int i = 0; i < children[node].length; i++) {
                int child = children[node][i];
                int shorter = step(fallback[node], characters[node][i]);
                fallback[child] = shorter;
                reward[child] += reward[shorter];
                credit[child] = Math.max(credit[child], credit[shorter]);
                queue.add(child);
            }
        }
    }

    /** Returns the state before the text. */
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

    /** Returns the bonus of a step: rewards of completed patterns, and the change of the credit. */
    double gain(int before, int after) {
        return reward[after] + credit[after] - credit[before];
    }

    /** Returns the greatest bonus of steps with a number of positions where patterns can end. */
    double greatestGain(int ends) {
        return ends * greatestReward + greatestCredit;
    }

    /** Returns the credit of an unfinished match. */
    double credit(int state) {
        return credit[state];
    }
}
