package io.github.djlctc.examples.speech.live;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hotword;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.UnknownCharacter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The decoders of the lists of hotwords that were last asked for: making one of a large language
 * model takes longer than a sentence. Thread-safe.
 */
final class HotwordDecoders {

    private static final int KEPT = 8;
    private static final float LOAD_FACTOR = 0.75f;

    private final Alphabet alphabet;
    private final Function<List<Hotword>, CTCDecoder> maker;
    private final CTCDecoder withoutHotwords;
    private final Map<List<Hotword>, CTCDecoder> latest =
            new LinkedHashMap<>(2 * KEPT, LOAD_FACTOR, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Hotword>, CTCDecoder> eldest) {
                    return size() > KEPT;
                }
            };

    /**
     * Creates the decoders.
     *
     * @param withoutHotwords the decoder that is used where there are no hotwords
     * @param maker makes a decoder that favours hotwords, of which there is at least one
     */
    HotwordDecoders(CTCDecoder withoutHotwords, Function<List<Hotword>, CTCDecoder> maker) {
        this.alphabet = withoutHotwords.alphabet();
        this.withoutHotwords = withoutHotwords;
        this.maker = maker;
    }

    /**
     * Returns a decoder.
     *
     * @throws HotwordException if the alphabet cannot spell one of the hotwords
     */
    CTCDecoder of(List<Hotword> hotwords) {
        if (hotwords.isEmpty()) {
            return withoutHotwords;
        }
        hotwords.forEach(this::check);
        // One at a time, so that many requests with new hotwords cannot take all cores and memory.
        synchronized (latest) {
            return latest.computeIfAbsent(List.copyOf(hotwords), this::make);
        }
    }

    private CTCDecoder make(List<Hotword> hotwords) {
        try {
            return maker.apply(hotwords);
        } catch (IllegalArgumentException e) {
            throw new HotwordException(e.getMessage());
        }
    }

    private void check(Hotword hotword) {
        List<UnknownCharacter> unknown = alphabet.unknownCharacters(hotword.phrase());
        if (!unknown.isEmpty()) {
            throw new HotwordException(
                    "the hotword \"%s\" cannot be recognised: the model does not know \"%s\""
                            .formatted(
                                    hotword.phrase(),
                                    Character.toString(unknown.get(0).codePoint())));
        }
    }
}
