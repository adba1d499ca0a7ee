using Dapper;
using FsCheck;
using FsCheck.Fluent;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Vitals;

public sealed class DeviceSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1_000)]
    public void Count_ToAThousand_IsExactHoweverOftenADeviceComes(int devices)
    {
        var keys = Keys(seed: 1, devices);

        var set = SetOf(Encode([.. keys, .. keys]), []);

        Assert.Equal(devices, set.Count);
        Assert.Equal(devices * DeviceSet.KeyBytes, set.Encode().Keys.Length);
    }

    [Theory]
    [InlineData(1_001)]
    [InlineData(3_000)]
    [InlineData(10_000)]
    [InlineData(30_000)]
    [InlineData(300_000)]
    public void Count_AboveAThousand_HasTheStandardErrorOfTheContract(int devices)
    {
        const int Fleets = 40;
        var errors = Enumerable.Range(0, Fleets).Select(seed => (SetOf(Encode(Keys(seed, devices)), []).Count / (double)devices) - 1).ToList();

        // Of 40 fleets: the mean is within 4 standard errors of the mean, the spread within a third of 1.6 % (chi-squared, 39 degrees, 99.7 %).
        Assert.InRange(errors.Average(), -4 * 0.01625 / Math.Sqrt(Fleets), 4 * 0.01625 / Math.Sqrt(Fleets));
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0, 0.01625 * 1.34);
    }

    [Fact]
    public void Count_TheSameSet_IsTheSameHoweverItWasPutTogether()
    {
        var parts = Gen.Choose(0, 900).ListOf().Resize(8);
        Prop.ForAll(parts.ToArbitrary(), sizes =>
        {
            // Neighbours overlap by half; every other part has become registers if it could.
            var pieces = sizes.Select((size, i) => Keys(seed: i / 2, size + 200)).ToList();
            var whole = SetOf(Encode([.. pieces.SelectMany(piece => piece)]), []);
            var (keys, registers) = (new List<byte>(), new List<byte>());
            foreach (var piece in pieces.Chunk(2).Select(pair => SetOf(Encode([.. pair.SelectMany(keys => keys)]), []).Encode()))
            {
                keys.AddRange(piece.Keys);
                registers.AddRange(piece.Registers);
            }

            var joined = SetOf([.. keys], [.. registers]);
            Assert.Equal(whole.Count, joined.Count);
            Assert.Equal(whole.Encode().Keys, joined.Encode().Keys);
            Assert.Equal(whole.Encode().Registers, joined.Encode().Registers);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
    }

    [Fact]
    public async Task SqlTwin_AnySet_AgreesToTheLastDevice()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var (devices, estimated) in new[] { (0, 0), (1, 0), (1_000, 0), (1_001, 0), (2_500, 0), (9_000, 0), (0, 1_500), (700, 20_000), (1_200, 2_000_000) })
        {
            var keys = Encode(Keys(seed: 1, devices));
            var registers = estimated == 0 ? [] : SetOf(Encode(Keys(seed: 2, estimated)), []).Encode().Registers;
            Assert.Equal(
                SetOf(keys, registers).Count,
                await connection.ExecuteScalarAsync<long>("select synchealth.device_set_count(@keys, @registers)", new { keys, registers }));
        }
    }

    [Fact]
    public async Task SqlTwin_EdgesOfRegisters_AgreeToTheLastDevice()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        byte[][] edges = [new byte[DeviceSet.Registers], [.. Enumerable.Repeat((byte)53, DeviceSet.Registers)], [.. Enumerable.Range(0, DeviceSet.Registers).Select(i => (byte)(i % 54))]];
        long[] keys = [0, -1, long.MinValue, long.MaxValue, 1, 1L << 51, (1L << 52) - 1];
        foreach (var registers in edges)
            Assert.Equal(
                SetOf(Encode(keys), registers).Count,
                await connection.ExecuteScalarAsync<long>("select synchealth.device_set_count(@keys, @registers)", new { keys = Encode(keys), registers }));
    }

    [Fact]
    public void Merge_BytesThatAreNoSet_AreRefused()
    {
        Assert.Throws<FormatException>(() => SetOf(new byte[7], []));
        Assert.Throws<FormatException>(() => SetOf([], new byte[DeviceSet.Registers - 1]));
    }

    private static DeviceSet SetOf(byte[] keys, byte[] registers)
    {
        var set = new DeviceSet();
        set.Merge(keys, registers);
        return set;
    }

    private static long[] Keys(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
    }

    private static byte[] Encode(IReadOnlyList<long> keys) => [.. keys.SelectMany(key => BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(key)))];
}
