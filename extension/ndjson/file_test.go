package ndjson

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// disk is a sink with room for so many bytes.
type disk struct {
	content     []byte
	roomBytes   int
	truncateErr error
	syncErr     error
	closed      bool
}

func (d *disk) Write(p []byte) (int, error) {
	n := min(len(p), d.roomBytes-len(d.content))
	d.content = append(d.content, p[:n]...)
	if n < len(p) {
		return n, syscall.ENOSPC
	}
	return n, nil
}

func (d *disk) Truncate(sizeBytes int64) error {
	if d.truncateErr == nil {
		d.content = d.content[:sizeBytes]
	}
	return d.truncateErr
}

func (d *disk) Name() string { return "disk" }

func (d *disk) Sync() error { return d.syncErr }

func (d *disk) Close() error {
	d.closed = true
	return nil
}

func TestAWriteThatBreaksOffKeepsTheWholeLinesAndCutsOffTheHalf(t *testing.T) {
	t.Parallel()
	disk := &disk{roomBytes: 11}
	file := &File{sink: disk}

	lines, err := file.WriteLines([]byte("{1}\n{2}\n{three}\n"))
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.Equal(t, 2, lines)
	require.Equal(t, "{1}\n{2}\n", string(disk.content))

	disk.roomBytes = 100
	lines, err = file.WriteLines([]byte("{4}\n"))
	require.NoError(t, err)
	require.Equal(t, 1, lines)
	require.Equal(t, "{1}\n{2}\n{4}\n", string(disk.content))
}

func TestNothingFollowsAHalfLineThatCouldNotBeCutOff(t *testing.T) {
	t.Parallel()
	disk := &disk{roomBytes: 6, truncateErr: syscall.EIO}
	file := &File{sink: disk}

	lines, err := file.WriteLines([]byte("{1}\n{2}\n"))
	require.ErrorIs(t, err, ErrTorn)
	require.Equal(t, 1, lines)

	disk.roomBytes = 100
	lines, err = file.WriteLines([]byte("{3}\n"))
	require.ErrorIs(t, err, ErrTorn)
	require.Zero(t, lines)
	require.ErrorIs(t, file.Seal([]byte("{end}\n")), ErrTorn)
	require.Equal(t, "{1}\n{2", string(disk.content))
	require.True(t, disk.closed)
}

func TestAFileWhoseLinesMayNotBeOnTheDiskGetsNoLastLine(t *testing.T) {
	t.Parallel()
	disk := &disk{roomBytes: 100, syncErr: syscall.EIO}
	file := &File{sink: disk}

	_, err := file.WriteLines([]byte("{1}\n"))
	require.NoError(t, err)
	require.ErrorIs(t, file.Seal([]byte("{end}\n")), syscall.EIO)
	require.Equal(t, "{1}\n", string(disk.content))
	require.True(t, disk.closed)
}

func TestAnExistingFileIsNeverOverwritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	require.NoError(t, os.WriteFile(path, []byte("{1}\n"), 0o600))

	_, err := Create(path)
	require.ErrorIs(t, err, fs.ErrExist)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "{1}\n", string(content))
}

func TestAFileNeedsItsDirectory(t *testing.T) {
	t.Parallel()
	_, err := Create(filepath.Join(t.TempDir(), "missing", "history.ndjson"))
	require.True(t, errors.Is(err, fs.ErrNotExist), err)
}

func TestLinesComeBackAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.ndjson")
	file, err := Create(path)
	require.NoError(t, err)
	lines, err := file.WriteLines([]byte("{1}\n{2}\n"))
	require.NoError(t, err)
	require.Equal(t, 2, lines)
	require.NoError(t, file.Seal([]byte("{end}\n")))

	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "{1}\n{2}\n{end}\n", string(content))
}
