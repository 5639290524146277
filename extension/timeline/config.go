// What the output is told, and what it says when that is not enough.

package timeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"strings"

	"go.k6.io/k6/v2/errext"
	"go.k6.io/k6/v2/errext/exitcodes"
	"go.k6.io/k6/v2/output"

	"github.com/stampede-load/stampede/extension/history"
)

// The environment variables that name the run and this generator within it. Both are required.
const (
	RunVariable       = "STAMPEDE_RUN"
	GeneratorVariable = "STAMPEDE_GENERATOR"
)

// ParentVariable holds the process id of the suite, optionally: when that process is gone, nobody is left to stop the load,
// so the run stops itself.
const ParentVariable = "STAMPEDE_PARENT"

const k6Module = "go.k6.io/k6/v2"

// config is what the output is given: the run directory by the command line, names by the environment.
type config struct {
	directory string
	origin    history.Origin
	// parent is the process id of the suite; empty when k6 was started by hand.
	parent string
}

func readConfig(params output.Params) (config, error) {
	c := config{
		directory: params.ConfigArgument,
		parent:    params.Environment[ParentVariable],
		origin: history.Origin{
			Run:       params.Environment[RunVariable],
			Generator: params.Environment[GeneratorVariable],
			Tool:      "k6/" + k6Version(),
		},
	}
	switch {
	case c.directory == "":
		return c, refused(errors.New("it needs a run directory"), "write -o stampede=<run directory>")
	case c.origin.Run == "":
		return c, refused(errors.New("the run has no name"), "set "+RunVariable)
	case c.origin.Generator == "":
		return c, refused(errors.New("the generator has no name"), "set "+GeneratorVariable)
	}
	return c, nil
}

func (c config) historyPath() string  { return filepath.Join(c.directory, "history.ndjson") }
func (c config) timelinePath() string { return filepath.Join(c.directory, "timeline.ndjson") }

// startError says what to do about a file that could not be made.
func startError(err error) error {
	hint := ""
	switch {
	case errors.Is(err, fs.ErrExist):
		hint = "a run is never overwritten: give every run a directory of its own"
	case errors.Is(err, fs.ErrNotExist):
		hint = "the run directory must exist"
	}
	return refused(fmt.Errorf("the output stampede cannot start: %w", err), hint)
}

func refused(err error, hint string) error {
	if hint != "" {
		err = errext.WithHint(err, hint)
	}
	return errext.WithExitCodeIfNone(err, exitcodes.InvalidConfig)
}

func k6Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, dependency := range info.Deps {
		if dependency.Path == k6Module {
			return strings.TrimPrefix(dependency.Version, "v")
		}
	}
	return "unknown"
}
