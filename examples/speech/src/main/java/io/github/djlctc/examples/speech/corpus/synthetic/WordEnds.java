package io.github.djlctc.examples.speech.corpus.synthetic;

import com.sun.speech.freetts.Item;
import com.sun.speech.freetts.Relation;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.UtteranceProcessor;

import java.util.ArrayList;
import java.util.List;

/** Notes when the words of what a FreeTTS voice speaks end: with their last segments. */
final class WordEnds implements UtteranceProcessor {

    private List<Double> seconds = new ArrayList<>();

    /** Returns the ends of all words since the last call, in seconds of the voice's sound. */
    List<Double> take() {
        List<Double> taken = seconds;
        seconds = new ArrayList<>();
        return taken;
    }

    @Override
    public void processUtterance(Utterance utterance) {
        Item word = utterance.getRelation(Relation.WORD).getHead();
        while (word != null) {
            Item syllables = word.getItemAs(Relation.SYLLABLE_STRUCTURE);
            Item last = syllables.getLastDaughter().getLastDaughter();
            seconds.add((double) last.getItemAs(Relation.SEGMENT).getFeatures().getFloat("end"));
            word = word.getNext();
        }
    }
}
