namespace SyncHealth.Alerting.Worker.Tests;

/// <summary>Carries requests to the fakes, and fails before or after the fake has seen them.</summary>
internal sealed class FaultHandler : DelegatingHandler
{
    public FaultHandler()
        : base(new SocketsHttpHandler())
    {
    }

    /// <summary>Runs before the request leaves; what it throws is what the sender sees.</summary>
    public Action<HttpRequestMessage>? Before { get; set; }

    /// <summary>Runs when the fake has answered, before the sender hears of it.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage, HttpResponseMessage>? After { get; set; }

    /// <summary>Requests that left.</summary>
    public int Sent { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Before?.Invoke(request);
        Sent++;
        var answer = await base.SendAsync(request, cancellationToken);
        return After?.Invoke(request, answer) ?? answer;
    }
}
