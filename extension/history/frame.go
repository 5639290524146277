// The first and the last line of a history.

package history

import "encoding/json"

// frame is what the first and the last line of a history have in common.
type frame struct {
	V         int     `json:"v"`
	Run       string  `json:"run"`
	Generator string  `json:"generator"`
	Type      string  `json:"type"`
	TimeMs    float64 `json:"timeMs"`
	Clock     Reading `json:"clock"`
}

// Counts are the lines on file, by type.
type Counts struct {
	Invoke int64 `json:"invoke"`
	OK     int64 `json:"ok"`
	Fail   int64 `json:"fail"`
	Info   int64 `json:"info"`
}

func beginLine(origin Origin, now Micros, clock Reading) ([]byte, error) {
	return encodeLine(struct {
		frame
		Tool string `json:"tool"`
	}{newFrame(origin, "begin", now, clock), origin.Tool})
}

func endLine(origin Origin, now Micros, clock Reading, counts Counts, lostLines int64) ([]byte, error) {
	return encodeLine(struct {
		frame
		Counts    Counts `json:"counts"`
		LostLines int64  `json:"lostLines"`
	}{newFrame(origin, "end", now, clock), counts, lostLines})
}

func newFrame(origin Origin, lineType string, now Micros, clock Reading) frame {
	return frame{Version, origin.Run, origin.Generator, lineType, now.Ms(), clock}
}

func encodeLine(value any) ([]byte, error) {
	encoded, err := json.Marshal(value)
	return append(encoded, '\n'), err
}

func (c *Counts) add(kinds []kind) {
	for _, k := range kinds {
		switch k {
		case kindInvoke:
			c.Invoke++
		case kindOK:
			c.OK++
		case kindFail:
			c.Fail++
		case kindInfo:
			c.Info++
		}
	}
}
