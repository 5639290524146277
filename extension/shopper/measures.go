// What a shopper measures besides its requests.

package shopper

import (
	"time"

	"go.k6.io/k6/v2/js/common"
	"go.k6.io/k6/v2/js/modules"
	"go.k6.io/k6/v2/lib"
	"go.k6.io/k6/v2/metrics"
)

// measures are the shopper's metrics. Those of k6/metrics are some objects and functions in each virtual user.
type measures struct {
	completionTime, flowTime, failed, overshoot *metrics.Metric
}

func newMeasures(vu modules.VU) measures {
	registry := vu.InitEnv().Registry
	register := func(name string, kind metrics.MetricType, contains ...metrics.ValueType) *metrics.Metric {
		metric, err := registry.NewMetric(name, kind, contains...)
		if err != nil {
			common.Throw(vu.Runtime(), err)
		}
		return metric
	}
	return measures{
		completionTime: register("order_completion_time", metrics.Trend, metrics.Time),
		flowTime:       register("order_flow_time", metrics.Trend, metrics.Time),
		failed:         register("order_failed", metrics.Rate),
		// As in lib/model/timeline.ts.
		overshoot: register("think_time_overshoot", metrics.Trend, metrics.Time),
	}
}

func (s *shopper) measure(state *lib.State, metric *metrics.Metric, value float64) {
	current := state.Tags.GetCurrentValues()
	metrics.PushIfNotDone(s.vu.Context(), state.Samples, metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: metric, Tags: current.Tags},
		Time:       time.Now(),
		Metadata:   current.Metadata,
		Value:      value,
	})
}
