using System.Text;
using Geometry.Storage.Files;

namespace Geometry.Storage.Tensors.Torch;

/// <summary>
/// A closed interpreter of the pickle opcodes that torch.save uses (protocols 2 to 5; Python's pickletools documents them).
/// </summary>
/// <remarks>
/// It builds tensors, dictionaries, lists, tuples, strings and numbers. A class or function that <see cref="TorchGlobals"/> does not list
/// becomes an opaque object and is neither looked up nor called. Time and memory are linear in the length of the pickle, which is limited;
/// shared objects stay shared.
/// </remarks>
internal ref struct Unpickler
{
    private const int MaxOperations = 2_000_000;
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Stack<int> _marks = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<object, PickleBytes> _encoded = new(ReferenceEqualityComparer.Instance);
    private PickleReader _reader;

    private Unpickler(ReadOnlySpan<byte> pickle) => _reader = new PickleReader(pickle);

    /// <summary>The pickled value: null, bool, long, double, string, object?[] (a tuple) or a type of this folder.</summary>
    /// <exception cref="InputException">The pickle is damaged.</exception>
    public static object? Load(ReadOnlySpan<byte> pickle) => new Unpickler(pickle).Run();

    private object? Run()
    {
        for (int k = 0; k < MaxOperations; k++)
        {
            byte opcode = _reader.U8();
            if (opcode == '.')
                return Pop();
            if (!Constant(opcode) && !Collection(opcode) && !Memo(opcode))
                Object(opcode);
        }
        throw new InputException($"its pickle has more than {MaxOperations} operations; expected tensors and some plain values");
    }

    private bool Constant(byte opcode)
    {
        object? value;
        switch (opcode)
        {
            case (byte)'N':
                value = null;
                break;
            case 0x88:
                value = true;
                break;
            case 0x89:
                value = false;
                break;
            case (byte)'K':
                value = (long)_reader.U8();
                break;
            case (byte)'M':
                value = (long)_reader.U16();
                break;
            case (byte)'J':
                value = (long)_reader.I32();
                break;
            case 0x8a:
                value = _reader.Integer(_reader.U8());
                break;
            case 0x8b:
                value = _reader.Integer(_reader.I32());
                break;
            case (byte)'G':
                value = _reader.F64();
                break;
            case (byte)'U' or 0x8c:
                value = _reader.Text(_reader.U8());
                break;
            case (byte)'T':
                value = _reader.Text(_reader.I32());
                break;
            case (byte)'X':
                value = _reader.Text(_reader.U32());
                break;
            case 0x8d:
                value = _reader.Text(_reader.I64());
                break;
            case (byte)'C':
                value = Bytes(_reader.U8());
                break;
            case (byte)'B':
                value = Bytes(_reader.U32());
                break;
            case 0x8e or 0x96:
                value = Bytes(_reader.I64());
                break;
            default:
                return false;
        }
        _stack.Add(value);
        return true;
    }

    private PickleBytes Bytes(long count) => new(_reader.Take(count).ToArray());

    private bool Collection(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(':
                _marks.Push(_stack.Count);
                break;
            case (byte)')':
                _stack.Add(Array.Empty<object?>());
                break;
            case 0x85:
                PushTuple(1);
                break;
            case 0x86:
                PushTuple(2);
                break;
            case 0x87:
                PushTuple(3);
                break;
            case (byte)'t':
                _stack.Add(PopMark());
                break;
            case (byte)']' or 0x8f:
                _stack.Add(new PickleList());
                break;
            case (byte)'l' or 0x91:
                AppendTo(new PickleList(), PopMark(), push: true);
                break;
            case (byte)'}':
                _stack.Add(new PickleDictionary());
                break;
            case (byte)'d':
                SetItems(new PickleDictionary(), PopMark(), push: true);
                break;
            case (byte)'a':
                object? item = Pop();
                AppendTo(TopList(), [item], push: false);
                break;
            case (byte)'e' or 0x90:
                object?[] items = PopMark();
                AppendTo(TopList(), items, push: false);
                break;
            case (byte)'s':
                object? value = Pop(),
                    key = Pop();
                SetItems(TopDictionary(), [key, value], push: false);
                break;
            case (byte)'u':
                object?[] pairs = PopMark();
                SetItems(TopDictionary(), pairs, push: false);
                break;
            default:
                return false;
        }
        return true;
    }

    private bool Memo(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'q':
                _memo[_reader.U8()] = Peek();
                break;
            case (byte)'r':
                _memo[_reader.U32()] = Peek();
                break;
            case 0x94:
                _memo[_memo.Count] = Peek();
                break;
            case (byte)'h':
                _stack.Add(Recall(_reader.U8()));
                break;
            case (byte)'j':
                _stack.Add(Recall(_reader.U32()));
                break;
            default:
                return false;
        }
        return true;
    }

    private void Object(byte opcode)
    {
        switch (opcode)
        {
            case 0x80:
                int protocol = _reader.U8();
                if (protocol > 5)
                    throw new InputException($"its pickle is of protocol {protocol}; expected 2 to 5");
                break;
            case 0x95:
                _reader.Take(8);
                break;
            case (byte)'c':
                string module = _reader.Line();
                _stack.Add(TorchGlobals.Resolve(module, _reader.Line()));
                break;
            case 0x93:
                object? name = Pop(),
                    package = Pop();
                if (name is not string n || package is not string p)
                    throw Damaged("a name that is no string");
                _stack.Add(TorchGlobals.Resolve(p, n));
                break;
            case (byte)'R' or 0x81:
                object?[] arguments = Pop() as object?[] ?? throw Damaged("arguments that are no tuple");
                object? callable = Pop();
                if (callable is TorchCallable.Encode && arguments is [string text, "latin1"])
                    _stack.Add(Encoded(text));
                else
                    _stack.Add(opcode == 'R' ? TorchGlobals.Call(callable, arguments) : TorchGlobals.Make(callable, arguments));
                break;
            case 0x92:
                Pop();
                arguments = Pop() as object?[] ?? throw Damaged("arguments that are no tuple");
                callable = Pop();
                _stack.Add(TorchGlobals.Make(callable, arguments));
                break;
            case (byte)'Q':
                _stack.Add(Storage(Pop()));
                break;
            case (byte)'b':
                object? state = Pop();
                TorchGlobals.SetState(Peek(), state);
                break;
            case (byte)'0':
                Pop();
                break;
            case (byte)'1':
                PopMark();
                break;
            case (byte)'2':
                _stack.Add(Peek());
                break;
            default:
                throw Damaged($"the operation 0x{opcode:x2}, which tensors and plain values do not need");
        }
    }

    /// <summary>Bytes that an old protocol wrote as text; made once for each text.</summary>
    private readonly PickleBytes Encoded(string text)
    {
        if (!_encoded.TryGetValue(text, out PickleBytes? bytes))
            _encoded.Add(text, bytes = new PickleBytes(Encoding.Latin1.GetBytes(text)));
        return bytes;
    }

    private readonly TorchStorage Storage(object? id) =>
        id switch
        {
            object?[] and ["storage", TorchStorageType type, string key, _, long count, ..] when count >= 0 => new TorchStorage(
                type,
                key,
                count
            ),
            object?[] and ["storage", PickleForeign type, string key, _, long count, ..] when count >= 0 => new TorchStorage(
                new TorchStorageType(ElementType.Unsupported, type.Name),
                key,
                count
            ),
            _ => throw Damaged("a persistent id that is no tensor storage"),
        };

    private readonly object? Recall(long index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw Damaged($"the unknown memo {index}");

    private readonly void AppendTo(PickleList list, object?[] items, bool push)
    {
        list.Items.AddRange(items);
        if (push)
            _stack.Add(list);
    }

    private readonly void SetItems(PickleDictionary dictionary, object?[] items, bool push)
    {
        if (items.Length % 2 != 0)
            throw Damaged("a key without a value");
        for (int k = 0; k < items.Length; k += 2)
            dictionary.Pairs.Add((items[k], items[k + 1]));
        if (push)
            _stack.Add(dictionary);
    }

    private readonly void PushTuple(int count)
    {
        var tuple = new object?[count];
        for (int k = count - 1; k >= 0; k--)
            tuple[k] = Pop();
        _stack.Add(tuple);
    }

    private readonly object?[] PopMark()
    {
        if (!_marks.TryPop(out int mark))
            throw Damaged("no mark where one is needed");
        object?[] items = [.. _stack[mark..]];
        _stack.RemoveRange(mark, items.Length);
        return items;
    }

    private readonly object? Pop()
    {
        object? top = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private readonly object? Peek() => _stack.Count > Floor() ? _stack[^1] : throw Damaged("an empty stack where a value is needed");

    private readonly PickleList TopList() =>
        Peek() switch
        {
            PickleList list => list,
            PickleObject some => some.Items ??= new PickleList(),
            _ => throw Damaged("no list where one is needed"),
        };

    private readonly PickleDictionary TopDictionary() =>
        Peek() switch
        {
            PickleDictionary dictionary => dictionary,
            PickleObject some => some.Pairs ??= new PickleDictionary(),
            _ => throw Damaged("no dictionary where one is needed"),
        };

    private readonly int Floor() => _marks.TryPeek(out int mark) ? mark : 0;

    private readonly InputException Damaged(string found) =>
        new($"its pickle has {found} before byte {_reader.Position} (damaged, or not written by torch.save)");
}
