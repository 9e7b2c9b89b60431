package io.github.djlctc.spark;

import ai.djl.inference.Predictor;
import ai.djl.modality.Input;
import ai.djl.translate.TranslateException;

import io.github.djlctc.serving.RequestOutcome;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Recognises the files of a task, until the task ends. */
final class TaskRecogniser implements TaskCompletionListener {

    private final ModelSource source;
    private final Predictor<Input, RequestOutcome> predictor;

    private TaskRecogniser(ModelSource source, Predictor<Input, RequestOutcome> predictor) {
        this.source = source;
        this.predictor = predictor;
    }

    /** Starts one for the task that calls it. */
    static TaskRecogniser start(ModelSource source) throws IOException {
        LoadedModel model = LoadedModels.acquire(source);
        try {
            TaskRecogniser recogniser = new TaskRecogniser(source, model.newPredictor());
            TaskContext.get().addTaskCompletionListener(recogniser);
            return recogniser;
        } catch (RuntimeException e) {
            LoadedModels.release(source);
            throw e;
        }
    }

    /**
     * Recognises files, together or, if that fails, one by one.
     *
     * @return the outcome of each in their order
     */
    List<RequestOutcome> recognise(List<byte[]> contents) {
        try {
            return predictor.batchPredict(contents.stream().map(TaskRecogniser::request).toList());
        } catch (TranslateException
                | RuntimeException
                | OutOfMemoryError
                | StackOverflowError
                | LinkageError e) { // the last for want of the library of a file's format
            if (contents.size() == 1) {
                return List.of(new RequestOutcome.Refused(ErrorReason.of(e)));
            }
        }
        List<RequestOutcome> outcomes = new ArrayList<>(contents.size());
        for (byte[] content : contents) {
            outcomes.addAll(recognise(List.of(content)));
        }
        return outcomes;
    }

    private static Input request(byte[] content) {
        Input request = new Input();
        request.add(content);
        return request;
    }

    @Override
    public void onTaskCompletion(TaskContext context) {
        predictor.close();
        LoadedModels.release(source);
    }
}
