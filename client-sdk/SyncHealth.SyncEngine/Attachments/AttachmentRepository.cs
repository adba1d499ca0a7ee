using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Outbox;
using SyncHealth.SyncEngine.Store;

namespace SyncHealth.SyncEngine.Attachments;

/// <summary>
/// Photos, scans, recordings: content too large for one record. An attachment is a record that says what it is, which leaves with the other edits, and its
/// content in chunks, which are low: they leave when everything else has, a few at a time, where <see cref="EngineOptions.BulkConstraints"/> hold. Each chunk is
/// acknowledged by itself, so an upload that is cut off goes on with the first chunk that the server does not have.
/// </summary>
public sealed class AttachmentRepository
{
    /// <summary>Bytes of one chunk: in Base64 it stays below <see cref="NotesRepository.MaxBodyLength"/>, and takes a slow uplink of 0.3 Mbit/s a second.</summary>
    public const int ChunkBytes = 32 * 1024;

    /// <summary>Largest content in bytes: a photo of a phone, and 320 records in the outbox.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    private readonly ILocalStore _store;
    private readonly EngineOptions _options;
    private readonly Random _random;
    private readonly Action<OperationPriority> _edited;

    internal AttachmentRepository(ILocalStore store, EngineOptions options, Random random, Action<OperationPriority> edited) =>
        (_store, _options, _random, _edited) = (store, options, random, edited);

    /// <summary>Stores content with its chunks in one transaction; returns the attachment's id.</summary>
    /// <param name="name">For people, for example a file name.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="ownerId">The record that it belongs to: that one reaches the server first.</param>
    /// <exception cref="ArgumentException">The content is empty or too large, or the name is too long.</exception>
    public string Add(string name, ReadOnlyMemory<byte> content, string? ownerId = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        NotesRepository.Check(name, "");
        if (content.Length is 0 or > MaxBytes)
            throw new ArgumentException($"An attachment has 1 to {MaxBytes} bytes.", nameof(content));
        var manifest = new AttachmentManifest(
            content.Length, (content.Length + ChunkBytes - 1) / ChunkBytes, Convert.ToHexStringLower(SHA256.HashData(content.Span)), ownerId);
        var id = _store.Write(transaction =>
        {
            var now = _options.TimeProvider.GetUtcNow();
            var stamp = EditClock.Next(transaction, _options.Device, now, after: 0);
            var created = RecordId.New(EntityNames.Attachment, stamp.Millis, _random);
            Store(transaction, created, new Revision(name, JsonSerializer.Serialize(manifest, AttachmentJson.Default.AttachmentManifest), IsDeleted: false, stamp), ownerId, now);
            for (var chunk = 0; chunk < manifest.Chunks; chunk++)
            {
                var bytes = content.Span[(chunk * ChunkBytes)..Math.Min(content.Length, (chunk + 1) * ChunkBytes)];
                Store(transaction, ChunkId(created, chunk), new Revision("", Convert.ToBase64String(bytes), IsDeleted: false, stamp), created, now);
            }

            return created;
        });
        _edited(_options.PriorityOf(EntityNames.Attachment));
        _edited(_options.PriorityOf(EntityNames.AttachmentChunk));
        return id;
    }

    /// <summary>The newest attachments: ids and names.</summary>
    public IReadOnlyList<(string Id, string Name)> List(int limit = 100, int offset = 0) => _store.Read(transaction => transaction.Records.List(EntityNames.Attachment, limit, offset)
        .Select(static record => (record.Id, record.Content.Title)).ToArray());

    /// <summary>How far an attachment is; null when there is none.</summary>
    public AttachmentProgress? Progress(string id) => _store.Read(transaction =>
    {
        if (ManifestOf(transaction, id) is not { } manifest)
            return null;
        var chunks = ChunksOf(transaction, id, manifest).OfType<Note>().ToList();
        return new AttachmentProgress(manifest.Chunks, chunks.Count, chunks.Count(static chunk => !chunk.IsPending));
    });

    /// <summary>The content, when all of it is here and its hash is right.</summary>
    public bool TryRead(string id, [NotNullWhen(true)] out byte[]? content)
    {
        content = _store.Read(transaction => ManifestOf(transaction, id) is { } manifest ? Join(ChunksOf(transaction, id, manifest), manifest) : null);
        return content is not null;
    }

    /// <summary>Deletes an attachment with its chunks; false when there is none.</summary>
    public bool Delete(string id)
    {
        var isDeleted = _store.Write(transaction =>
        {
            if (ManifestOf(transaction, id) is not { } manifest)
                return false;
            var now = _options.TimeProvider.GetUtcNow();
            foreach (var record in ChunksOf(transaction, id, manifest).OfType<Note>().Append(transaction.Records.Find(id)!))
            {
                var stamp = EditClock.Next(transaction, _options.Device, now, record.Content.Edited.Millis);
                RecordEdits.Store(transaction, record.Id, record.Content with { IsDeleted = true, Edited = stamp }, now);
            }

            return true;
        });
        if (isDeleted)
            _edited(_options.PriorityOf(EntityNames.Attachment));
        return isDeleted;
    }

    private void Store(IStoreTransaction transaction, string id, Revision content, string? parentId, DateTimeOffset now)
    {
        RecordEdits.Store(transaction, id, content, now);
        OutboxQueue.Prioritise(transaction, id, _options.PriorityOf(RecordId.EntityOf(id)), parentId);
    }

    private static AttachmentManifest? ManifestOf(IStoreTransaction transaction, string id) =>
        RecordId.EntityOf(id) == EntityNames.Attachment && transaction.Records.Find(id) is { Content: { IsDeleted: false } content } ? ReadManifest(content.Body) : null;

    /// <summary>Null for what another device wrote and this one cannot read.</summary>
    private static AttachmentManifest? ReadManifest(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AttachmentJson.Default.AttachmentManifest) is { Chunks: > 0 and <= (MaxBytes / ChunkBytes), Bytes: > 0 and <= MaxBytes } manifest
                ? manifest
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<Note?> ChunksOf(IStoreTransaction transaction, string id, AttachmentManifest manifest) =>
        Enumerable.Range(0, manifest.Chunks).Select(chunk => transaction.Records.Find(ChunkId(id, chunk)) is { Content.IsDeleted: false } found ? found : null);

    private static byte[]? Join(IEnumerable<Note?> chunks, AttachmentManifest manifest)
    {
        var content = new byte[manifest.Bytes];
        var at = 0;
        foreach (var chunk in chunks)
        {
            if (chunk is null || !Convert.TryFromBase64String(chunk.Content.Body, content.AsSpan(at), out var written))
                return null;
            at += written;
        }

        return at == manifest.Bytes && Convert.ToHexStringLower(SHA256.HashData(content)) == manifest.Sha256 ? content : null;
    }

    /// <summary>A chunk is found by the attachment's id and its number.</summary>
    private static string ChunkId(string id, int chunk) =>
        string.Create(CultureInfo.InvariantCulture, $"{EntityNames.AttachmentChunk}/{id[(EntityNames.Attachment.Length + 1)..]}.{chunk:d4}");
}
