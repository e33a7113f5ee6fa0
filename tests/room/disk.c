/* A disk that is watched, or made slow: preloaded into a process (LD_PRELOAD), for files below one folder.

   DISK_FOLDER   the folder; nothing else is watched
   DISK_TRACE    file to which every change is appended, in the order in which it was made, with its data
   DISK_FLUSH_US microseconds that a flush takes at least

   A record is six numbers of 8 bytes: kind, thread, file, offset, length of what follows, 0. Kinds: 'O' a name was
   opened and is known as this file from now on (the name follows; offset 1 if it was made anew), 'W' a write, 'T' cut
   or lengthened to offset, 'U' a name was unlinked (it follows), 'F' a flush begins, 'D' it is done. Where a trace is
   kept nothing is flushed in truth: the trace says what a flush would have saved. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MOST 4096

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static uint64_t files[MOST]; /* the file of a descriptor; 0 where it is not watched */
static uint64_t last_file;
static int trace = -1;
static const char *folder;
static size_t folder_length;
static long flush_us;

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("DISK_TRACE"), *us = getenv("DISK_FLUSH_US");
    folder = getenv("DISK_FOLDER");
    folder_length = folder ? strlen(folder) : 0;
    flush_us = us ? atol(us) : 0;
    if (path)
        trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *data, size_t length)
{
    const char *at = data;
    while (length) {
        long done = syscall(SYS_write, trace, at, length);
        if (done < 0) {
            if (errno == EINTR)
                continue;
            _exit(97);
        }
        at += done;
        length -= (size_t)done;
    }
}

static void record(char kind, uint64_t file, uint64_t offset, const void *data, size_t length)
{
    uint64_t head[6] = {(uint64_t)kind, (uint64_t)syscall(SYS_gettid), file, offset, length, 0};
    put(head, sizeof head);
    if (length)
        put(data, length);
}

static int ours(const char *path)
{
    size_t length;
    if (!folder || !path || strncmp(path, folder, folder_length))
        return 0;
    length = strlen(path);
    return !(length > 4 && !strcmp(path + length - 4, "-shm")); /* shared memory, which is made anew after a crash */
}

static int watched(int fd)
{
    return fd >= 0 && fd < MOST && files[fd];
}

static int opened(int at, const char *path, int flags, mode_t mode)
{
    struct stat before;
    int fd, is_new, mine = trace >= 0 && ours(path);
    if (!mine)
        return (int)syscall(SYS_openat, at, path, flags, mode);
    pthread_mutex_lock(&turn);
    is_new = (flags & O_CREAT) && stat(path, &before) != 0;
    fd = (int)syscall(SYS_openat, at, path, flags, mode);
    if (fd >= 0 && fd < MOST) {
        int kept = errno;
        files[fd] = ++last_file;
        record('O', last_file, (uint64_t)is_new, path, strlen(path));
        if (flags & O_TRUNC)
            record('T', last_file, 0, NULL, 0);
        errno = kept;
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

#define MODE(flags, mode)                                                                                              \
    mode_t mode = 0;                                                                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode = va_arg(more, mode_t);                                                                                   \
        va_end(more);                                                                                                  \
    }

int open(const char *path, int flags, ...)
{
    MODE(flags, mode)
    return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE(flags, mode)
    return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode);
}

int openat(int at, const char *path, int flags, ...)
{
    MODE(flags, mode)
    return opened(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
    MODE(flags, mode)
    return opened(at, path, flags | O_LARGEFILE, mode);
}

int close(int fd)
{
    int out;
    if (!watched(fd))
        return (int)syscall(SYS_close, fd);
    pthread_mutex_lock(&turn);
    files[fd] = 0;
    out = (int)syscall(SYS_close, fd);
    pthread_mutex_unlock(&turn);
    return out;
}

static ssize_t written(int fd, const void *data, size_t length, off_t offset)
{
    ssize_t done;
    pthread_mutex_lock(&turn);
    if (offset < 0) { /* where the descriptor stands, or at the end */
        done = syscall(SYS_write, fd, data, length);
        if (done > 0)
            record('W', files[fd], (uint64_t)(lseek(fd, 0, SEEK_CUR) - done), data, (size_t)done);
    } else {
        done = syscall(SYS_pwrite64, fd, data, length, offset);
        if (done > 0)
            record('W', files[fd], (uint64_t)offset, data, (size_t)done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t write(int fd, const void *data, size_t length)
{
    return watched(fd) ? written(fd, data, length, -1) : syscall(SYS_write, fd, data, length);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
    return watched(fd) ? written(fd, data, length, offset) : syscall(SYS_pwrite64, fd, data, length, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset)
{
    return pwrite(fd, data, length, offset);
}

/* what SQLite does not use: a trace that missed it would be worth nothing */
#define REFUSED(name, arguments, fd, otherwise)                                                                        \
    int name arguments                                                                                                 \
    {                                                                                                                  \
        if (watched(fd))                                                                                               \
            _exit(96);                                                                                                 \
        return (int)(otherwise);                                                                                       \
    }
REFUSED(fallocate, (int fd, int mode, off_t from, off_t length), fd, syscall(SYS_fallocate, fd, mode, from, length))
REFUSED(posix_fallocate, (int fd, off_t from, off_t length), fd,
        syscall(SYS_fallocate, fd, 0, from, length) ? errno : 0)

int ftruncate(int fd, off_t length)
{
    int out;
    if (!watched(fd))
        return (int)syscall(SYS_ftruncate, fd, length);
    pthread_mutex_lock(&turn);
    out = (int)syscall(SYS_ftruncate, fd, length);
    if (out == 0)
        record('T', files[fd], (uint64_t)length, NULL, 0);
    pthread_mutex_unlock(&turn);
    return out;
}

int ftruncate64(int fd, off64_t length)
{
    return ftruncate(fd, length);
}

int unlink(const char *path)
{
    int out;
    if (trace < 0 || !ours(path))
        return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    pthread_mutex_lock(&turn);
    out = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (out == 0)
        record('U', 0, 0, path, strlen(path));
    pthread_mutex_unlock(&turn);
    return out;
}

static void note(char kind, int fd)
{
    pthread_mutex_lock(&turn);
    record(kind, files[fd], 0, NULL, 0);
    pthread_mutex_unlock(&turn);
}

static long elapsed(const struct timespec *since)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - since->tv_sec) * 1000000L + (now.tv_nsec - since->tv_nsec) / 1000L;
}

static int flushed(int fd, long call)
{
    struct timespec since;
    int out = 0;
    clock_gettime(CLOCK_MONOTONIC, &since);
    if (watched(fd))
        note('F', fd);
    else
        out = (int)syscall(call, fd);
    if (flush_us > 0) {
        long left = flush_us - elapsed(&since);
        if (left > 0) {
            struct timespec rest = {left / 1000000L, (left % 1000000L) * 1000L};
            nanosleep(&rest, NULL);
        }
    }
    if (watched(fd))
        note('D', fd);
    return out;
}

int fsync(int fd)
{
    return flushed(fd, SYS_fsync);
}

int fdatasync(int fd)
{
    return flushed(fd, SYS_fdatasync);
}
