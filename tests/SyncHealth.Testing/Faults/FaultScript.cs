using System.Text;

namespace SyncHealth.Testing.Faults;

/// <summary>What happens to one connection, in order, in each direction. Without steps it passes unharmed.</summary>
public sealed record FaultScript
{
    public static FaultScript None { get; } = new();

    /// <summary>From client to server. <see cref="FaultKind.DuplicateRequest"/> and <see cref="FaultKind.Answer"/> belong here.</summary>
    public IReadOnlyList<FaultStep> Up { get; init; } = [];

    /// <summary>From server to client.</summary>
    public IReadOnlyList<FaultStep> Down { get; init; } = [];

    public static FaultScript OfUp(FaultKind kind, int after = 0, TimeSpan wait = default) => new() { Up = [new FaultStep(kind, after) { Wait = wait }] };

    public static FaultScript OfDown(FaultKind kind, int after = 0, TimeSpan wait = default) => new() { Down = [new FaultStep(kind, after) { Wait = wait }] };

    /// <summary>A connection whose first request is answered here.</summary>
    public static FaultScript Answer(string reply) => new() { Up = [new FaultStep(FaultKind.Answer) { Reply = Encoding.ASCII.GetBytes(reply) }] };

    /// <summary>A random script: half of the connections meet one fault within the first <paramref name="span"/> bytes.</summary>
    public static FaultScript Random(Random random, int span, TimeSpan maxWait)
    {
        if (random.Next(2) == 0)
            return None;
        var kind = (FaultKind)random.Next((int)FaultKind.Delay, (int)FaultKind.Answer + 1);
        if (kind == FaultKind.Answer)
            return Answer(Replies[random.Next(Replies.Length)]);
        var step = new FaultStep(kind, kind == FaultKind.DuplicateRequest ? 0 : random.Next(span)) { Wait = maxWait * random.NextDouble() };
        return kind == FaultKind.DuplicateRequest || random.Next(2) == 0 ? new FaultScript { Up = [step] } : new FaultScript { Down = [step] };
    }

    /// <summary>What stands between a client and a server answers on its own: gateways, captive portals, rate limits.</summary>
    private static readonly string[] Replies =
    [
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<html></html>",
    ];
}
