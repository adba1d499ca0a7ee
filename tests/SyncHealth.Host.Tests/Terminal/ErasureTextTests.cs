using System.Text.Json;
using SyncHealth.Host.Terminal;
using Xunit;

namespace SyncHealth.Host.Tests.Terminal;

public sealed class ErasureTextTests
{
    [Theory]
    [InlineData(1, 1234, 7, "Erased 1 device, 1,234 raw events and 7 other rows.")]
    [InlineData(0, 1, 0, "Erased 0 devices, 1 raw event and 0 other rows.")]
    [InlineData(0, 0, 0, "Nothing was stored.")]
    public void Render_SaysHowMuchAndThatLateEventsAreRefused(long devices, long events, long rows, string expected) => Assert.Equal(
        $"{expected} What is still on its way is refused when it comes (device_erased).{Environment.NewLine}",
        ErasureText.Render(JsonSerializer.SerializeToElement(new { devices, events, otherRows = rows })));
}
