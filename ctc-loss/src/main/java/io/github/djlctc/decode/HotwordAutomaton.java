package io.github.djlctc.decode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private final List<Map<Character, Integer>> children = new ArrayList<>();
    private final List<Double> lent = new ArrayList<>();
    private final List<Double> gained = new ArrayList<>();
    private final List<Integer> fallback = new ArrayList<>();
    private double greatestLoan;
    private double greatestReward;

    /**
     * Builds the automaton.
     *
     * @param weights the weight of each phrase, words with one space between them
     */
    HotwordAutomaton(Map<String, Double> weights) {
        addNode();
        weights.forEach(this::addPhrase);
        link();
        for (int node = 0; node < children.size(); node++) {
            greatestLoan = Math.max(greatestLoan, lent.get(node));
            greatestReward = Math.max(greatestReward, gained.get(node));
        }
    }

    private int addNode() {
        children.add(new HashMap<>());
        lent.add(0.0);
        gained.add(0.0);
        fallback.add(ROOT);
        return children.size() - 1;
    }

    private void addPhrase(String phrase, double weight) {
        String pattern = " " + phrase + " ";
        int node = ROOT;
        for (int i = 0; i < pattern.length(); i++) {
            Integer child = children.get(node).get(pattern.charAt(i));
            if (child == null) {
                child = addNode();
                children.get(node).put(pattern.charAt(i), child);
            }
            node = child;
            // The space before a word is nothing seen yet, and the one behind the last ends the
            // loan.
            if (i > 0 && i < pattern.length() - 1) {
                lent.set(node, Math.max(lent.get(node), weight * i / (pattern.length() - 1)));
            }
        }
        gained.set(node, gained.get(node) + weight);
    }

    /** Sets, breadth first, where to go on when a match breaks off, and what ends with it. */
    private void link() {
        Deque<Integer> queue = new ArrayDeque<>(children.get(ROOT).values());
        while (!queue.isEmpty()) {
            int node = queue.remove();
            children.get(node)
                    .forEach(
                            (character, child) -> {
                                int shorter = step(fallback.get(node), character);
                                fallback.set(child, shorter);
                                gained.set(child, gained.get(child) + gained.get(shorter));
                                lent.set(child, Math.max(lent.get(child), lent.get(shorter)));
                                queue.add(child);
                            });
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
            Integer child = children.get(node).get(character);
            if (child != null) {
                return child;
            }
            if (node == ROOT) {
                return ROOT;
            }
            node = fallback.get(node);
        }
    }

    /**
     * Returns what a step adds to the score: phrases that it completes, and the change of loans.
     */
    double gain(int before, int after) {
        return gained.get(after) + lent.get(after) - lent.get(before);
    }

    /** Returns the most that steps can add which end some words. */
    double greatestGain(int wordEnds) {
        return wordEnds * greatestReward + greatestLoan;
    }

    /** Returns what was lent for a match that is under way. */
    double loan(int state) {
        return lent.get(state);
    }
}
