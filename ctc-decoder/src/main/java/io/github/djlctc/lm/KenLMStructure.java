package io.github.djlctc.lm;

/** How a KenLM binary holds its n-grams. */
public enum KenLMStructure {

    /** Hash tables with linear probing: the fastest, and about 24 bytes an n-gram. */
    PROBING,

    /** A trie of sorted n-grams, packed in bits: about half the size, and slower. */
    TRIE
}
