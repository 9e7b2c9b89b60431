package io.github.djlctc.examples.speech.serve;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Errors that Jetty finds before a handler is asked, such as a malformed request, in JSON too. */
final class JsonErrors extends ErrorHandler {

    private static final String TYPE = "application/json";

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        fields.put(HttpHeader.CONTENT_TYPE, TYPE);
        return ByteBuffer.wrap(json(status, reason).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void generateAcceptableResponse(
            Request baseRequest,
            HttpServletRequest request,
            HttpServletResponse response,
            int code,
            String message)
            throws IOException {
        response.setContentType(TYPE);
        response.getOutputStream().write(json(code, message).getBytes(StandardCharsets.UTF_8));
        baseRequest.setHandled(true);
    }

    private static String json(int status, String reason) {
        JsonObject error = new JsonObject();
        error.addProperty("error", reason == null ? HttpStatus.getMessage(status) : reason);
        return error.toString();
    }
}
