using System.Net;
using SyncHealth.Contracts;
using SyncHealth.SyncEngine.Attachments;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Tests.Support;
using SyncHealth.SyncEngine.Triggers;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Attachments;

/// <summary>Photos against the real server: they arrive whole, go on where they stopped, and keep nobody's edit waiting.</summary>
public sealed class AttachmentTests
{
    private const int Chunks = 7;

    private static readonly NetworkState Cellular = new(SyncNetwork.Cellular, IsMetered: true), Wifi = new(SyncNetwork.Wifi, IsMetered: false);

    private static readonly byte[] Photo = Noise((Chunks * AttachmentRepository.ChunkBytes) - 5);

    [Fact]
    public async Task Photo_ArrivesWholeOnTheOtherDevice()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone");
        await using var tablet = Device(server, "tablet");
        var id = phone.Engine.Attachments().Add("roof.jpg", Photo);
        Assert.Equal(new AttachmentProgress(Chunks, Chunks, 0), phone.Engine.Attachments().Progress(id));

        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.Equal(new AttachmentProgress(Chunks, Chunks, Chunks), phone.Engine.Attachments().Progress(id));
        Assert.Equal((id, "roof.jpg"), Assert.Single(tablet.Engine.Attachments().List()));
        Assert.True(tablet.Engine.Attachments().TryRead(id, out var content));
        Assert.Equal(Photo, content);
        Assert.Equal(DataState.Synced, phone.Engine.Status().State);
    }

    /// <summary>The network goes after three of four pushes of bulk; the app is killed. What is at the server already is not sent again.</summary>
    [Fact]
    public async Task Photo_CutOff_GoesOnWithWhatTheServerLacks()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", static options => (options.BulkLimit, options.MaxRetries) = (2, 0));
        var id = phone.Engine.Attachments().Add("roof.jpg", Photo);
        var pushes = 0;
        phone.Network.Before = request =>
        {
            // The manifest goes first; then two chunks a push.
            phone.Network.IsDown |= request.Method == HttpMethod.Post && ++pushes == 4;
            return Task.CompletedTask;
        };

        var first = await phone.SyncAsync();
        var between = phone.Engine.Attachments().Progress(id)!;
        phone.Network.Before = static _ => Task.CompletedTask;
        phone.Network.IsDown = false;
        phone.Restart();
        var second = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Failure, 5, 4), (first.Outcome, first.Pushed, between.AtServer));
        Assert.Equal((SyncOutcome.Success, Chunks - 4), (second.Outcome, second.Pushed));
        Assert.Equal(Chunks, phone.Engine.Attachments().Progress(id)!.AtServer);
    }

    [Fact]
    public async Task Photo_OnANetworkThatCosts_WaitsAndSaysWhy()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone");
        phone.State = Cellular;
        phone.Engine.Attachments().Add("roof.jpg", Photo);
        phone.Engine.Notes.Create("roof", "wet");

        var onTheRoad = await phone.SyncAsync();
        var status = phone.Engine.Status();
        phone.State = Wifi;
        var atTheDepot = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Success, 2, Chunks, Chunks), (onTheRoad.Outcome, onTheRoad.Pushed, onTheRoad.Waiting, onTheRoad.HeldBack));
        Assert.Equal(DataState.LocalChangesPending, status.State);
        Assert.Equal((Chunks, 0), (atTheDepot.Pushed, atTheDepot.Waiting));
        Assert.Equal($"metered {Chunks}", Assert.Single(await phone.ReportedDeferralsAsync()));
    }

    /// <summary>By itself: the engine does not sync again and again for what may not leave, and starts when it may.</summary>
    [Fact]
    public async Task Run_PhotosWait_StartsWhenTheNetworkCostsNothing()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", static options => options.Triggers.Period = TimeSpan.FromDays(1));
        phone.State = Cellular;
        await using var run = new EngineRun(phone);
        phone.Engine.Attachments().Add("roof.jpg", Photo);
        var manifest = await run.NextAsync(server, TimeSpan.FromSeconds(1));
        var next = phone.Engine.Status().Next;

        phone.State = Wifi;
        phone.Engine.ConditionsChanged();
        var photo = await run.NextAsync(server, TimeSpan.Zero);

        Assert.Equal((SyncTrigger.LocalWrite, 1), (manifest.Trigger, manifest.Pushed));
        Assert.Equal(SyncTrigger.Scheduled, next.Trigger);
        Assert.True(next.At > server.Time.GetUtcNow() + TimeSpan.FromHours(1));
        Assert.Equal((SyncTrigger.Scheduled, Chunks), (photo.Trigger, photo.Pushed));
    }

    [Fact]
    public async Task Edit_MadeWhileBulkIsSent_GoesBeforeTheRestOfIt()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", static options => options.BulkLimit = 1);
        phone.Engine.Attachments().Add("roof.jpg", Photo);
        var pushes = new List<string>();
        phone.Network.Before = async request =>
        {
            if (request.Method != HttpMethod.Post)
                return;
            var body = await request.Content!.ReadAsStringAsync();
            pushes.Add(body.Contains("attachment-chunk/", StringComparison.Ordinal) ? "chunk" : body.Contains("urgent", StringComparison.Ordinal) ? "edit" : "manifest");
            if (pushes.Count == 3)
                phone.Engine.Notes.Create("urgent", "");
        };

        await phone.SyncAsync();

        Assert.Equal(["manifest", "chunk", "chunk", "edit", .. Enumerable.Repeat("chunk", Chunks - 2)], pushes);
    }

    /// <summary>The link carries small requests only. Edits of both devices pass all the same, cycle after cycle.</summary>
    [Fact]
    public async Task Bulk_ThatNeverArrives_HoldsNoEditUpInEitherDirection()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", static options => options.MaxRetries = 0);
        await using var tablet = Device(server, "tablet");
        phone.Engine.Attachments().Add("roof.jpg", Photo);
        phone.Network.Before = static async request =>
        {
            if (request.Content is { } content && (await content.ReadAsStringAsync()).Contains("attachment-chunk/", StringComparison.Ordinal))
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Too large for this link.");
        };

        for (var round = 0; round < 3; round++)
        {
            var (mine, theirs) = (phone.Engine.Notes.Create($"phone {round}", ""), tablet.Engine.Notes.Create($"tablet {round}", ""));
            await tablet.SyncAsync();
            var result = await phone.SyncAsync();
            await tablet.SyncAsync();

            Assert.Equal(SyncOutcome.Failure, result.Outcome);
            Assert.NotNull(phone.Engine.Notes.Find(theirs.Id));
            Assert.NotNull(tablet.Engine.Notes.Find(mine.Id));
        }
    }

    [Fact]
    public async Task Photo_OfARefusedJob_WaitsForTheJobAndSaysSo()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone", static options =>
        {
            options.Entities.Add("job");
            options.Conflicts["job"] = new FieldMerge();
        });
        var job = phone.Engine.Records("job").Create("refused", "");
        phone.Engine.Attachments().Add("roof.jpg", Photo, job.Id);
        phone.Network.Refusals.Enqueue(HttpStatusCode.UnprocessableEntity);

        var refused = await phone.SyncAsync();
        phone.Engine.Records("job").Update(job.Id, "shorter", "");
        var mended = await phone.SyncAsync();

        Assert.Equal((SyncOutcome.Partial, 0, Chunks + 1), (refused.Outcome, refused.Pushed, refused.HeldBack));
        Assert.Equal((SyncOutcome.Success, Chunks + 2, 0), (mended.Outcome, mended.Pushed, mended.Waiting));
        Assert.Equal($"{Deferrals.Dependency} {Chunks + 1}", Assert.Single(await phone.ReportedDeferralsAsync()));
    }

    [Fact]
    public async Task Photo_WithADamagedOrMissingChunk_IsNotRead()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone");
        await using var tablet = Device(server, "tablet");
        var id = phone.Engine.Attachments().Add("roof.jpg", Photo);
        await phone.SyncAsync();
        await using (var damage = server.Database.DataSource.CreateCommand("update notes.note set body = repeat('A', length(body)) where id like 'attachment-chunk/%.0003'"))
            Assert.Equal(1, await damage.ExecuteNonQueryAsync());

        await tablet.SyncAsync();

        Assert.Equal(Chunks, tablet.Engine.Attachments().Progress(id)!.Here);
        Assert.False(tablet.Engine.Attachments().TryRead(id, out _));
    }

    [Fact]
    public async Task Delete_RemovesAllOfItEverywhere()
    {
        await using var server = await NotesServerFixture.StartAsync();
        await using var phone = Device(server, "phone");
        await using var tablet = Device(server, "tablet");
        var id = phone.Engine.Attachments().Add("roof.jpg", Photo);
        await phone.SyncAsync();
        await tablet.SyncAsync();

        Assert.True(tablet.Engine.Attachments().Delete(id));
        await tablet.SyncAsync();
        await phone.SyncAsync();

        Assert.Null(phone.Engine.Attachments().Progress(id));
        await using var left = server.Database.DataSource.CreateCommand("select count(*) from notes.note where not is_deleted");
        Assert.Equal(0L, await left.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(AttachmentRepository.MaxBytes + 1)]
    public async Task Add_NothingOrTooMuch_IsRefusedAndStoresNothing(int bytes)
    {
        await using var phone = new TestDevice(new Uri("http://127.0.0.1:9/notes"), new(Some.Start), "phone", configure: static options => options.UseAttachments());

        Assert.Throws<ArgumentException>(() => phone.Engine.Attachments().Add("roof.jpg", new byte[bytes]));

        Assert.Equal(0, phone.Engine.Status().Outbox.Waiting);
    }

    [Fact]
    public async Task Attachments_NotDeclared_SaysHow()
    {
        await using var phone = new TestDevice(new Uri("http://127.0.0.1:9/notes"), new(Some.Start), "phone");

        Assert.Contains(nameof(EngineOptions.UseAttachments), Assert.Throws<InvalidOperationException>(phone.Engine.Attachments).Message, StringComparison.Ordinal);
    }

    private static TestDevice Device(NotesServerFixture server, string name, Action<EngineOptions>? configure = null) => new(server, name, configure: options =>
    {
        // The tests read what is sent.
        options.CompressFrom = int.MaxValue;
        options.UseAttachments();
        configure?.Invoke(options);
    });

    private static byte[] Noise(int bytes)
    {
        var noise = new byte[bytes];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
