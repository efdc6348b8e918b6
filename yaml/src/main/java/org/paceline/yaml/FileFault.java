package org.paceline.yaml;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why a file or folder could not be used; the exceptions' messages are often the path alone. */
public final class FileFault {
    private FileFault() {}

    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "a file of that name is in the way";
            case NotDirectoryException _ -> "it is no folder";
            case FileSystemException fault when fault.getReason() != null -> fault.getReason();
            default -> innermost(e);
        };
    }

    /** Returns the first line of the innermost cause, which says more than its wrappers. */
    private static String innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        @Nullable String message = inner.getMessage();
        return message == null || message.isBlank()
                ? inner.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse(message);
    }
}
