using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SyncHealth.Client.Tests.Support;
using SyncHealth.Testing.Faults;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>A10: a real app ends while its network is dead. It ends in time, and its next start sends what it could not.</summary>
public sealed class DeadNetworkTests
{
    private const int Events = 250;

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("takes no connection")]
    [InlineData("takes connections and says nothing")]
    [InlineData("says a byte now and then")]
    public async Task Dispose_NetworkIsDead_EndsInTimeAndTheNextStartSends(string how)
    {
        var goal = new Goal("A10");
        using var folder = new TempFolder();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/"));
        if (how == "takes no connection")
            server.Stop();
        using var over = new CancellationTokenSource();
        var dripping = how == "says a byte now and then" ? DripAsync(server, over.Token) : Task.CompletedTask;

        var took = await EndAsync(folder, address);
        await over.CancelAsync();
        await dripping;

        using var ingest = new FakeIngest();
        await using var restarted = SyncTelemetry.Create(Some.Options(ingest, folder.FullPath));
        Assert.True(await restarted.FlushAsync());
        Assert.Equal(Enumerable.Range(1, Events).Select(seq => (long)seq), ingest.Batches.SelectMany(batch => batch.Seqs).Order());
        Assert.Empty(restarted.Status.Dropped);
        if (FaultScale.HoldsFigures)
            Assert.InRange(took, TimeSpan.Zero, LongestEnd);
        goal.Reached(string.Create(CultureInfo.InvariantCulture, $"an app whose network {how} ended within {took.TotalSeconds:0.00} s, all {Events} events left with the next start"));
    }

    /// <summary>Lives and ends, and says how long the end took.</summary>
    private static async Task<TimeSpan> EndAsync(TempFolder folder, Uri address)
    {
        using var app = KilledApp.Start("dark", folder, address, 0, Events);
        var milliseconds = await app.StandardOutput.ReadToEndAsync();
        await app.WaitForExitAsync();
        Assert.Equal(0, app.ExitCode);
        return TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
    }

    private static async Task DripAsync(TcpListener server, CancellationToken over)
    {
        try
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync(over);
                foreach (var letter in "HTTP/1.1 200 OK\r\n"u8.ToArray())
                {
                    await client.GetStream().WriteAsync(new[] { letter }, over);
                    await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, over);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The app has ended, as it should.
            Assert.NotNull(exception.Message);
        }
    }
}
