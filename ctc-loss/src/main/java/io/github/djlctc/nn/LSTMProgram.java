package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.engine.TorchScriptProgram;

/** The programs for the layers of a {@link PackedLSTM}. Results differ by rounding only. */
@SuppressWarnings("ImmutableEnumChecker") // Programs are immutable.
enum LSTMProgram {
    /** On packed sequences, in every precision and on every device. */
    PACKED("packed_lstm.py"),
    /** On padded sequences, each direction by itself: oneDNN's way, float32 on the CPU. */
    PADDED("padded_lstm.py"),
    /** On padded sequences, both directions by one call: cuDNN's way. */
    BIDIRECTIONAL("bidirectional_lstm.py"),
    /** On padded sequences, both directions as one LSTM: cuDNN's way with large states. */
    JOINT("joint_lstm.py");

    /**
     * With so many states cuDNN launches few kernels for a whole sequence; with 320, several for
     * each step of each direction. Sizes between were not measured.
     */
    private static final int MAX_STATES_OF_ONE_KERNEL = 128;

    private final TorchScriptProgram program;

    LSTMProgram(String resource) {
        program =
                TorchScriptProgram.ofResource(
                        PackedLSTM.class, resource, "lstm_common.py", "dropout_common.py");
    }

    /** Returns the fastest program for an input. */
    static LSTMProgram choose(NDArray input, int stateSize) {
        if (!input.getDevice().equals(Device.cpu())) {
            return stateSize <= MAX_STATES_OF_ONE_KERNEL ? BIDIRECTIONAL : JOINT;
        }
        // oneDNN has an LSTM of float32, but none for packed sequences.
        return input.getDataType() == DataType.FLOAT32 ? PADDED : PACKED;
    }

    TorchScriptProgram program() {
        return program;
    }
}
