using System.Diagnostics;
using System.Globalization;
using SyncHealth.Client.Tests.Support;

namespace SyncHealth.Client.Tests.Durability;

/// <summary>What a process left in a file of its own leaves for the server also when only another one ever runs again: real processes.</summary>
public sealed class LeftQueuesTests : IDisposable
{
    private const int EventsOfEach = 40;

    private readonly TempFolder _folder = new();
    private readonly LoopbackIngest _ingest = new(seed: 5);

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task SecondProcess_Killed_TheOneThatRunsAgainSendsWhatItLeftUnderItsIdentity()
    {
        using (var first = Start(0))
        using (var second = Start(1000))
        {
            await DeviceAsync(first);
            await DeviceAsync(second);
            // The second one's file is the second: nobody takes it again.
            second.Kill();
            await second.WaitForExitAsync();
            first.StandardInput.Close();
            await first.WaitForExitAsync();
        }

        Assert.True(File.Exists(_folder.File("queue-2.db")));
        await LiveAsync();

        Assert.Equal(Codes(0, 1000), Arrived());
        Assert.Equal(2, _ingest.Devices.Count);
        Assert.Equal(0, _ingest.RepeatedAttempts);
    }

    [Fact]
    public async Task SecondProcess_Lives_ItsFileIsItsOwn()
    {
        using var first = Start(0);
        using var second = Start(1000);
        await DeviceAsync(first);
        await DeviceAsync(second);
        first.StandardInput.Close();
        await first.WaitForExitAsync();

        await LiveAsync();

        Assert.Equal(Codes(0), Arrived());
        second.StandardInput.Close();
        await second.WaitForExitAsync();
    }

    [Fact]
    public async Task OptOutAsync_WithAFileLeftByAnother_DeletesThatToo()
    {
        using (var first = Start(0))
        using (var second = Start(1000))
        {
            await DeviceAsync(first);
            await DeviceAsync(second);
            foreach (var app in new[] { second, first })
            {
                app.StandardInput.Close();
                await app.WaitForExitAsync();
            }
        }

        using var hanging = new HangingHandler();
        await using (var telemetry = SyncTelemetry.Create(Some.Options(hanging, _folder.FullPath)))
            Assert.True(await telemetry.OptOutAsync());
        await LiveAsync();

        Assert.Empty(_ingest.Codes);
    }

    private Process Start(int firstCode) => KilledApp.Start("leave", _folder, _ingest.Address, firstCode, EventsOfEach);

    private static async Task DeviceAsync(Process app) => Assert.NotNull(await app.StandardOutput.ReadLineAsync());

    // One process, which records nothing itself and ends when all it may send is sent.
    private async Task LiveAsync()
    {
        using var app = KilledApp.Start("app", _folder, _ingest.Address, 0, 0);
        app.StandardInput.Close();
        await app.WaitForExitAsync();
        Assert.Equal(0, app.ExitCode);
    }

    private int[] Arrived() => [.. _ingest.Codes.Values.Select(code => int.Parse(code, CultureInfo.InvariantCulture)).Order()];

    private static int[] Codes(params int[] firsts) => [.. firsts.SelectMany(first => Enumerable.Range(first, EventsOfEach))];
}
