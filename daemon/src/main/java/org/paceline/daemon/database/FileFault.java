package org.paceline.daemon.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

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
            default -> OpeningErrors.firstLine(e);
        };
    }
}
