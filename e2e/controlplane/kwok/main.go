// Command kwok runs KWOK with its fast stages, so that nodes and pods without a kubelet become ready.
// It takes KWOK's own flags; the folder for the stage files comes first.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"
	nodefast "sigs.k8s.io/kwok/kustomize/stage/node/fast"
	nodeheartbeat "sigs.k8s.io/kwok/kustomize/stage/node/heartbeat"
	podfast "sigs.k8s.io/kwok/kustomize/stage/pod/fast"
	"sigs.k8s.io/kwok/pkg/config"
	"sigs.k8s.io/kwok/pkg/kwok/cmd"
	"sigs.k8s.io/kwok/pkg/log"
	"sigs.k8s.io/kwok/pkg/utils/signals"
)

var stages = map[string]string{
	"node-init.yaml":      nodefast.DefaultNodeInit,
	"node-heartbeat.yaml": nodeheartbeat.DefaultNodeHeartbeat,
	"pod-ready.yaml":      podfast.DefaultPodReady,
	"pod-complete.yaml":   podfast.DefaultPodComplete,
	"pod-delete.yaml":     podfast.DefaultPodDelete,
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) < 2 {
		return fmt.Errorf("usage: kwok STAGE_FOLDER [flags of kwok]")
	}
	folder := os.Args[1]
	os.Args = append([]string{"kwok"}, os.Args[2:]...)
	for name, text := range stages {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
		os.Args = append(os.Args, "--config="+file)
	}
	exitWithParent()

	flags := pflag.NewFlagSet("global", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.Usage = func() {}
	ctx, _ := log.InitFlags(signals.SetupSignalContext(), flags)
	ctx, err := config.InitFlags(ctx, flags)
	if err != nil {
		return err
	}
	command := cmd.NewCommand(ctx)
	command.PersistentFlags().AddFlagSet(flags)
	return command.ExecuteContext(ctx)
}

// exitWithParent ends this process when the one that started it dies:
// the harness holds the other end of standard input open for as long as it lives.
func exitWithParent() {
	if os.Getenv("CONTROLPLANE_EXIT_ON_STDIN_EOF") != "1" {
		return
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
}
