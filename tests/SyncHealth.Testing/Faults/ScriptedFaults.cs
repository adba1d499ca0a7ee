using System.Net;
using System.Net.Sockets;

namespace SyncHealth.Testing.Faults;

/// <summary>Follows a script per connection; knows nothing of what passes, except where a step speaks of whole HTTP requests.</summary>
internal sealed class ScriptedFaults(Func<int, FaultScript> script, IPEndPoint target, FaultCounters counters) : IConnectionFaults
{
    private const int ChunkBytes = 16 * 1024;

    /// <summary>What corruption flips: one bit would often keep a digit a digit.</summary>
    private const byte CorruptingBits = 0b0101_0101;

    public Task RunAsync(ProxiedLink link, int number, CancellationToken cancellationToken)
    {
        var steps = script(number);
        return ProxiedLink.RunBothAsync(
            ended => PumpAsync(link, link.Client, link.Server, new(steps.Up), ended),
            ended => PumpAsync(link, link.Server, link.Client, new(steps.Down), ended),
            cancellationToken);
    }

    /// <summary>Carries one direction. Whoever ends the whole connection cancels <paramref name="ended"/>.</summary>
    private async Task PumpAsync(ProxiedLink link, Socket from, Socket to, Queue<FaultStep> steps, CancellationTokenSource ended)
    {
        var buffer = new byte[ChunkBytes];
        var left = steps.TryPeek(out var next) ? next.After : int.MaxValue;
        while (true)
        {
            if (left == 0)
            {
                if (!await StrikeAsync(link, from, to, steps.Dequeue(), ended))
                    return;
                left = steps.TryPeek(out next) ? next.After : int.MaxValue;
                continue;
            }

            var read = await from.ReceiveAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), ended.Token);
            if (read == 0)
                break;
            await ProxiedLink.SendAsync(to, buffer.AsMemory(0, read), ended.Token);
            if (left != int.MaxValue)
                left -= read;
        }

        ProxiedLink.EndSending(to);
    }

    /// <returns>Whether this direction goes on.</returns>
    private async Task<bool> StrikeAsync(ProxiedLink link, Socket from, Socket to, FaultStep step, CancellationTokenSource ended)
    {
        counters.Count(step.Kind);
        switch (step.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(step.Wait, TimeProvider.System, ended.Token);
                return true;
            case FaultKind.Corrupt:
                return await CorruptAsync(from, to, ended.Token);
            case FaultKind.DuplicateRequest:
                await DuplicateAsync(await HttpRequestBytes.ReadAsync(from, ended.Token), to, ended.Token);
                return true;
            case FaultKind.CloseHalf:
                ProxiedLink.EndSending(to);
                return false;
            case FaultKind.Stall:
                await Task.Delay(step.Wait, TimeProvider.System, ended.Token);
                link.Reset();
                break;
            case FaultKind.Answer:
                await HttpRequestBytes.ReadAsync(from, ended.Token);
                await ProxiedLink.SendAsync(from, step.Reply, ended.Token);
                ProxiedLink.EndSending(from);
                break;
            case FaultKind.Truncate:
                ProxiedLink.EndSending(link.Client);
                ProxiedLink.EndSending(link.Server);
                break;
            default:
                link.Reset();
                break;
        }

        await ended.CancelAsync();
        return false;
    }

    private static async Task<bool> CorruptAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var one = new byte[1];
        if (await from.ReceiveAsync(one, cancellationToken) == 0)
            return false;
        one[0] ^= CorruptingBits;
        await ProxiedLink.SendAsync(to, one, cancellationToken);
        return true;
    }

    /// <summary>The copy goes first or second as the network likes; both have an answer before the client can have one.</summary>
    private async Task DuplicateAsync(byte[] request, Socket to, CancellationToken cancellationToken)
    {
        using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await second.ConnectAsync(target, cancellationToken);
        await ProxiedLink.SendAsync(second, request, cancellationToken);
        await ProxiedLink.SendAsync(to, request, cancellationToken);
        await second.ReceiveAsync(new byte[ChunkBytes], cancellationToken);
    }
}
