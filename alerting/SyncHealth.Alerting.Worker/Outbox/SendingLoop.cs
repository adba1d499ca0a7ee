using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SyncHealth.Alerting.Worker.Outbox;

/// <summary>Keeps every receiver's sender at work until the process stops.</summary>
internal sealed class SendingLoop(IReadOnlyList<OutboxSender> senders, ILogger<SendingLoop> log) : BackgroundService
{
    /// <summary>Time between two looks into an empty outbox. On the wall clock: at sixty times its speed the database would feel it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(senders.Select(sender => Task.Run(() => RunAsync(sender, stoppingToken), CancellationToken.None)));

    private async Task RunAsync(OutboxSender sender, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await sender.SendNextAsync(stoppingToken))
                    await Task.Delay(Pause, TimeProvider.System, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.SendingFailed(log, failure);
                await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
