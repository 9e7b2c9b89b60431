package io.github.djlctc.host;

import ai.djl.ndarray.NDArray;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/** Arrays are read by {@link HostArrays} and by nobody else. */
class ReadsInOnePlaceTest {

    private static final String READERS =
            "to(\\w+)?Array|toByteBuffer|get(Boolean|Byte|Double|Float|Int|Long|Uint8)|toDevice";

    private static final JavaClasses LIBRARY =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.github.djlctc");

    @Test
    void noOtherClassCallsReadersOfDjl() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(HostArrays.class)
                // The first reads arrays in the memory of the CPU, the second copies logits there.
                .and()
                .doNotHaveSimpleName("ArrayElements")
                .and()
                .doNotHaveSimpleName("HostDetour")
                .should()
                .callMethodWhere(readsAnArray())
                .because("DJL leaves a copy behind when it reads an array of a GPU")
                .check(LIBRARY);
    }

    @Test
    void theRuleKnowsDjlsNames() {
        assertThat(NDArray.class.getMethods())
                .extracting("name", String.class)
                .contains("toFloatArray", "toByteBuffer", "getFloat", "toDevice", "toArray")
                .filteredOn(name -> name.matches(READERS))
                .hasSizeGreaterThan(15);
    }

    private static DescribedPredicate<JavaMethodCall> readsAnArray() {
        return DescribedPredicate.describe(
                "read an NDArray",
                call ->
                        call.getTargetOwner().isAssignableTo(NDArray.class)
                                && call.getName().matches(READERS));
    }
}
