package client

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPasswordIsFoundBehindBytesThatAreNoText(t *testing.T) {
	t.Parallel()
	c := Credentials{User: "user", Password: "s3cret-pass"}
	require.Equal(t, "\xff\xff\xff\xff\xffpassword *** refused", c.Redact("\xff\xff\xff\xff\xffpassword S3CRET-pass refused"))
}
