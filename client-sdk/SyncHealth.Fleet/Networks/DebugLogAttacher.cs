namespace SyncHealth.Fleet.Networks;

/// <summary>The defect of the bad release: on a mobile network every request carries the debug log. The bytes are real; a link decides what they cost.</summary>
/// <param name="isOn">Whether the release in use has the defect and the device is on a mobile network.</param>
/// <param name="inner">The network.</param>
internal sealed class DebugLogAttacher(Func<bool> isOn, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Size of the log in bytes: 20 s on an uplink of 1.2 Mbit/s, which is more than the engine's time limit of 15 s.</summary>
    private const int LogBytes = 3_000_000;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (isOn())
            request.Content = new PaddedContent(request.Content, LogBytes);
        return base.SendAsync(request, cancellationToken);
    }
}
