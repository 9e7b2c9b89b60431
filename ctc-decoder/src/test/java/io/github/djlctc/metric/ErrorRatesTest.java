package io.github.djlctc.metric;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ErrorRatesTest {

    @Test
    void wordsAreCountedByKind() {
        assertThat(ErrorRates.words("THE CAT SAT ON THE MAT", "THE CUT ON THE OLD MAT"))
                .isEqualTo(new ErrorCounts(1, 1, 1, 6));
        assertThat(ErrorRates.words("A B", "A B C")).isEqualTo(new ErrorCounts(0, 0, 1, 2));
        assertThat(ErrorRates.words("A B", "")).isEqualTo(new ErrorCounts(0, 2, 0, 2));
        assertThat(ErrorRates.words(" A \t B\n", "A\u00a0B")).isEqualTo(correct(2));
        assertThat(ErrorRates.words(" ", "")).isEqualTo(ErrorCounts.ZERO);
    }

    @Test
    void charactersAreCodePointsAndSpacesCount() {
        assertThat(ErrorRates.characters("kitten", "sitting"))
                .isEqualTo(new ErrorCounts(2, 0, 1, 6));
        assertThat(ErrorRates.characters("😀😁", "😀😂")).isEqualTo(new ErrorCounts(1, 0, 0, 2));
        assertThat(ErrorRates.characters("AB CD", "ABCD")).isEqualTo(new ErrorCounts(0, 1, 0, 5));
        assertThat(ErrorRates.characters("  A   B ", "A B")).isEqualTo(correct(3));
    }

    @Test
    void amongEquallyFewErrorsSubstitutionsAreCounted() {
        assertThat(ErrorRates.characters("ab", "bc")).isEqualTo(new ErrorCounts(2, 0, 0, 2));
    }

    @Test
    void ratesSumOverTexts() {
        ErrorCounts sum = new ErrorCounts(1, 2, 3, 10).plus(new ErrorCounts(0, 0, 1, 4));
        assertThat(sum).isEqualTo(new ErrorCounts(1, 2, 4, 14));
        assertThat(sum.errors()).isEqualTo(7);
        assertThat(sum.rate()).isEqualTo(0.5);
        assertThat(ErrorCounts.ZERO.plus(sum)).isEqualTo(sum);
    }

    @Test
    void theRateOfAnEmptyReferenceIsDefined() {
        assertThat(ErrorRates.words("", "").rate()).isZero();
        assertThat(ErrorRates.words("", "A").rate()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ErrorCounts(0, -1, 0, 1))
                .withMessageContaining("-1 deletions");
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorCounts(1, 1, 0, 1));
    }

    @Property(seed = "1")
    void theCountsAreThoseOfAllAlignmentsTried(
            @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> reference,
            @ForAll @Size(max = 6) List<@IntRange(max = 2) Integer> hypothesis) {
        int[] referenceIds = array(reference);
        int[] hypothesisIds = array(hypothesis);
        assertThat(ErrorRates.tokens(referenceIds, hypothesisIds))
                .isEqualTo(best(referenceIds, hypothesisIds));
    }

    @Property(seed = "1")
    void exchangingTheTextsExchangesDeletionsAndInsertions(
            @ForAll @CharRange(from = ' ', to = '#') String reference,
            @ForAll @CharRange(from = ' ', to = '#') String hypothesis) {
        ErrorCounts forth = ErrorRates.characters(reference, hypothesis);
        ErrorCounts back = ErrorRates.characters(hypothesis, reference);
        assertThat(back.errors()).isEqualTo(forth.errors());
        assertThat(back.substitutions()).isEqualTo(forth.substitutions());
        assertThat(back.deletions()).isEqualTo(forth.insertions());
        assertThat(back.referenceLength() - forth.referenceLength())
                .isEqualTo(forth.insertions() - forth.deletions());
    }

    @Property(seed = "1")
    void aTextHasNoErrorsAgainstItself(@ForAll String text) {
        assertThat(ErrorRates.characters(text, text).errors()).isZero();
        assertThat(ErrorRates.words(text, text).errors()).isZero();
    }

    @Property(seed = "1")
    void detoursAreNeverShorter(
            @ForAll @Size(max = 8) List<@IntRange(max = 3) Integer> a,
            @ForAll @Size(max = 8) List<@IntRange(max = 3) Integer> b,
            @ForAll @Size(max = 8) List<@IntRange(max = 3) Integer> c) {
        assertThat(errors(a, c)).isLessThanOrEqualTo(errors(a, b) + errors(b, c));
    }

    private static long errors(List<Integer> reference, List<Integer> hypothesis) {
        return ErrorRates.tokens(array(reference), array(hypothesis)).errors();
    }

    private static int[] array(List<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static ErrorCounts correct(int length) {
        return new ErrorCounts(0, 0, 0, length);
    }

    /** Tries every alignment: the fewest errors, then the most substitutions. */
    private static ErrorCounts best(int[] reference, int[] hypothesis) {
        if (reference.length == 0 || hypothesis.length == 0) {
            return new ErrorCounts(0, reference.length, hypothesis.length, reference.length);
        }
        int[] referenceRest = Arrays.copyOfRange(reference, 1, reference.length);
        int[] hypothesisRest = Arrays.copyOfRange(hypothesis, 1, hypothesis.length);
        int substitution = reference[0] == hypothesis[0] ? 0 : 1;
        ErrorCounts aligned =
                best(referenceRest, hypothesisRest).plus(new ErrorCounts(substitution, 0, 0, 1));
        ErrorCounts deleted = best(referenceRest, hypothesis).plus(new ErrorCounts(0, 1, 0, 1));
        ErrorCounts inserted = best(reference, hypothesisRest).plus(new ErrorCounts(0, 0, 1, 0));
        return better(aligned, better(deleted, inserted));
    }

    private static ErrorCounts better(ErrorCounts a, ErrorCounts b) {
        if (a.errors() != b.errors()) {
            return a.errors() < b.errors() ? a : b;
        }
        return a.substitutions() >= b.substitutions() ? a : b;
    }
}
