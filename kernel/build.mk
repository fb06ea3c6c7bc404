# How the kernel, the ISO and the host programs are built; included by the Makefile for
# the targets that need it.

# A heap of another size: with objects of its own, for they know it.
HEAP := $(if $(filter command,$(origin HEAP_SIZE)),$(HEAP_SIZE))
GUEST := $(BUILD)/$(notdir $(CC))/guest$(HEAP:%=-with-heap-of-%)
DEBUGGED := $(GUEST)/unoptimised
HOST := $(BUILD)/$(notdir $(HOST_CC))/host
PLAYER := $(BUILD)/$(notdir $(HOST_CC))/player

# ---- What is linked -------------------------------------------------------

# One piece of each lab, and of the labs that have the same functions, one: what the
# files labs/N-name/api say.  ALSO has `also:PIECE:PREFIX` for each piece that is linked
# with a prefix to its functions' names.
linked := $(shell grader/build/api pieces $(LAB) "$(OWN)")
ifneq ($(.SHELLSTATUS),0)
$(error the description of a lab cannot be read)
endif
pieces_in = $(filter-out also:% part:% watched:% fast:% between:%,$(1))
# And one that no kernel needs, as `make pages` does: OPTIONAL=8-guard/pages.
PIECES := $(call pieces_in,$(linked)) $(if $(filter command,$(origin OPTIONAL)),$(OPTIONAL))
ALSO := $(filter also:%,$(linked))
# Further files of our solutions, which all kernels have, whichever lab's allocator.
PARTS := $(patsubst part:%,%,$(filter part:%,$(linked)))
# What the lab's student writes.  Whoever calls one of these from outside of the piece
# calls a function made from the lab's api, which says that the call has returned.
WATCHED := $(patsubst watched:%,%,$(filter watched:%,$(linked)))
# Functions of other pieces that the lab's tests stand before: they define __wrap_NAME.
BETWEEN := $(patsubst between:%,%,$(filter between:%,$(linked)))
WRAPPED := $(WATCHED) $(BETWEEN)

BOTH_SOURCES := kernel/lab.c $(wildcard kernel/lib/*.c kernel/memory/*.c \
	kernel/collections/*.c kernel/test/*.c kernel/runner/*.c) \
	kernel/processors/processors.c kernel/test/allocator/script.c
# What the labs' tests share: each takes from the archive what it names.
SHARED_TESTS := $(filter-out kernel/test/allocator/script.c, \
	$(wildcard kernel/test/allocator/*.c))
# What the kernel does when it is not asked to test; the project's own tests have it
# crash instead.
SHOWCASE ?= $(wildcard kernel/showcase/*.c)
GUEST_SOURCES := kernel/main.c $(SHOWCASE) $(wildcard kernel/libc/*.c) \
	kernel/boot_info.c kernel/memory_map.c \
	$(filter-out kernel/processors/processors.c,$(wildcard kernel/processors/*.c)) \
	$(BOTH_SOURCES) $(wildcard kernel/machine/*.c kernel/screen/*.c \
	kernel/guest/*.c)
# What both host programs have; the host's C library has what is in kernel/libc.
HOST_SOURCES := $(BOTH_SOURCES) \
	$(wildcard kernel/host/*.c)
ALONE_SOURCES := $(HOST_SOURCES) kernel/host/alone/alone.c
# The host's judged way: tests and submission in two processes.
PLAYER_SOURCES := kernel/host/judged/player.c kernel/host/judged/channel.c \
	kernel/host/judged/request.c \
	kernel/host/judged/player_arguments.c kernel/host/every_process.c \
	kernel/host/work.c \
	kernel/processors/processors.c kernel/test/schedule_play.c \
	kernel/test/schedule_model.c kernel/test/schedule_views.c \
	kernel/test/coroutine.c \
	kernel/lib/format.c kernel/lib/console.c kernel/memory/allocator.c \
	kernel/memory/mapper.c kernel/test/allocator/script.c
JUDGE_SOURCES := $(filter-out kernel/test/allocator/script.c, $(HOST_SOURCES)) \
	kernel/host/judged/judge.c kernel/host/judged/judge_arguments.c \
	kernel/host/judged/channel.c kernel/host/judged/request.c
ASM_SOURCES := $(wildcard boot/*.asm kernel/machine/*.asm kernel/guest/*.asm \
	kernel/processors/*.asm)

# The object of a piece: the lab's own from IMPL, those of OWN from labs/, the others
# from solutions/.
lab_of = $(firstword $(subst /, ,$(1)))
piece_from = $(if $(filter $(LAB),$(call lab_of,$(1))),$(IMPL),$(if \
	$(filter $(OWN),$(call lab_of,$(1))),labs,solutions))
also_piece = $(word 2,$(subst :, ,$(1)))
also_prefix = $(word 3,$(subst :, ,$(1)))
also_object = $(1)/pieces/also/$(call also_prefix,$(2))$(3)/$(call also_piece,$(2)).o
# From where it comes: a lab that stands beside itself is measured against our solution.
also_from = $(if $(filter $(LAB)/%,$(also_piece)),solutions,$(call piece_from,$(also_piece)))
also_submitted = $(filter-out $(LAB)/%,$(filter $(SUBMITTED),$(also_piece)))
# The parts of our solutions but those of labs whose pieces are a student's.
parts_beside = $(foreach part,$(PARTS),$(if \
	$(filter $(call lab_of,$(part))/%,$(1)),,$(part)))
students = $(foreach piece,$(PIECES),$(if \
	$(filter labs,$(call piece_from,$(piece))),$(piece)))
piece_objects = $(foreach piece,$(PIECES),$\
	$(1)/pieces/$(call piece_from,$(piece))/$(piece).o) \
	$(patsubst %,$(1)/pieces/solutions/%.o,$(call parts_beside,$(students))) \
	$(foreach entry,$(ALSO),$(call also_object,$(1),$(entry),$(call also_from,$(entry))))

GUEST_OBJECTS := $(GUEST_SOURCES:%.c=$(GUEST)/%.o) \
	$(ASM_SOURCES:%.asm=$(GUEST)/%.asm.o)
ALONE_OBJECTS := $(ALONE_SOURCES:%.c=$(HOST)/%.o)
JUDGE_OBJECTS := $(JUDGE_SOURCES:%.c=$(HOST)/%.o)
PLAYER_OBJECTS := $(PLAYER_SOURCES:%.c=$(PLAYER)/%.o)

# ---- How it is compiled ---------------------------------------------------

WARNINGS := -Wall -Wextra
COMMON_FLAGS := -std=c17 -g $(WARNINGS) -Ikernel -Ilabs -fno-omit-frame-pointer \
	-mno-omit-leaf-frame-pointer -fno-common

# -mgeneral-regs-only: the kernel saves no SSE state.  -mno-red-zone: interrupts
# use the stack of whatever they interrupt.
GUEST_FLAGS := $(COMMON_FLAGS) -ffreestanding -mcmodel=kernel -fno-pic \
	-mno-red-zone -mgeneral-regs-only -fno-stack-protector \
	-fcf-protection=none -fno-asynchronous-unwind-tables \
	-fno-optimize-sibling-calls $(HEAP:%=-DHEAP_SIZE=%ull)
HOST_FLAGS := $(COMMON_FLAGS) -fsanitize=address,undefined \
	-fno-sanitize-recover=all

# The player traps at undefined behaviour: it has nobody to report it to.
PLAYER_FLAGS := $(COMMON_FLAGS) -fsanitize=undefined -fno-stack-protector \
	-fcf-protection=none $(if $(findstring clang,$(HOST_CC)),\
	-fsanitize-trap=undefined,-fsanitize-undefined-trap-on-error)

# A function that nobody calls is not linked.
OURS := -O2 -Werror -ffunction-sections
# What students write and read in the debugger: their warnings are no errors, but
# for an undeclared function, which the linker would report less clearly.
# A large variable touches each of its pages, so that none jumps over the stack's guard.
THEIRS := -Og -fstack-clash-protection -Werror=implicit-function-declaration
# But where instructions are counted, in labs whose api says `fast`.
FAST := $(patsubst fast:%,%,$(filter fast:%,$(linked)))
$(foreach lab,$(FAST),$(eval $(GUEST)/pieces/labs/$(lab)/%.o \
	$(GUEST)/pieces/solutions/$(lab)/%.o: FASTER := -O2))
# Where GCC optimises, it leaves out the frame pointer of a function that calls no
# other, and sets up others late: our backtraces would lack the caller.  It does not where
# a profiler may be called; the nops that are room for such a call cost nothing.
CALLERS_KEPT := $(if $(findstring clang,$(CC)),,\
	-fno-shrink-wrap -pg -mfentry -mnop-mcount)
# What make qemu and make qemu-gdb boot is not optimised at all: a variable of -Og is
# gone after its last use, and the debugger says <optimized out>.
THEIRS_DEBUGGED := $(THEIRS) -O0

LD_FLAGS := -nostdlib -static --build-id=none -z noexecstack -z max-page-size=4096 \
	--gc-sections

# $(call compile,FOLDER OF OBJECTS,FOLDER OF SOURCES,COMMAND).  The command is in this
# file: who fetches a newer version of it has old objects.
define compile
$(1)/%.o: $(2)%.c kernel/build.mk
	@mkdir -p $$(@D)
	@$(3) -MMD -MP -c $$< -o $$@
endef
# A piece may also be given as a ready object; it serves all machines.  Which is the
# newer says nothing of objects that come from elsewhere.
define copy_object
$(1)/pieces/%.o: %.o FORCE
	@mkdir -p $$(@D)
	@cmp -s $$< $$@ || cp $$< $$@
endef

$(eval $(call compile,$(GUEST)/kernel,kernel/,$(CC) $(GUEST_FLAGS) $(OURS) $(CALLERS_KEPT)))
$(eval $(call compile,$(HOST)/kernel,kernel/,$(HOST_CC) $(HOST_FLAGS) $(OURS)))
$(eval $(call compile,$(PLAYER)/kernel,kernel/,$(HOST_CC) $(COMMON_FLAGS) $(OURS)))

# Programs of docs/errors, which SHOWCASE names: with the mistakes that are their point.
$(eval $(call compile,$(GUEST)/docs,docs/,$(CC) $(GUEST_FLAGS) -Idocs/errors/machine -O0 -w))

# Each side of a call in a judged run, and what watches calls, made from the lab's api.
$(BUILD)/api/%/calls.h $(BUILD)/api/%/judge.c $(BUILD)/api/%/player.c \
$(BUILD)/api/%/watched.c: labs/%/api $(wildcard grader/build/*.awk) grader/build/api
	@mkdir -p $(@D)
	@for side in calls.h judge.c player.c watched.c; do \
		grader/build/api $${side%.?} $* >$(@D)/$$side || exit; \
	done
$(eval $(call compile,$(GUEST)/api,$(BUILD)/api/,$(CC) $(GUEST_FLAGS) $(OURS)))
$(eval $(call compile,$(DEBUGGED)/api,$(BUILD)/api/,$(CC) $(GUEST_FLAGS) $(THEIRS_DEBUGGED)))
$(eval $(call compile,$(HOST)/api,$(BUILD)/api/,$(HOST_CC) $(HOST_FLAGS) $(OURS)))
$(eval $(call compile,$(PLAYER)/api,$(BUILD)/api/,$(HOST_CC) $(COMMON_FLAGS) $(OURS)))

$(eval $(call compile,$(GUEST)/tests,,$(CC) $(GUEST_FLAGS) $(THEIRS) $(CALLERS_KEPT) -Werror))
$(eval $(call compile,$(DEBUGGED)/tests,,$(CC) $(GUEST_FLAGS) $(THEIRS_DEBUGGED) -Werror))
$(eval $(call compile,$(HOST)/tests,,$(HOST_CC) $(HOST_FLAGS) $(THEIRS) -Werror))
$(eval $(call compile,$(PLAYER)/tests,,$(HOST_CC) $(COMMON_FLAGS) $(THEIRS) -Werror))

$(eval $(call compile,$(GUEST)/pieces,,$(CC) $(GUEST_FLAGS) $(THEIRS) $(CALLERS_KEPT) $$(FASTER)))
$(eval $(call compile,$(DEBUGGED)/pieces,,$(CC) $(GUEST_FLAGS) $(THEIRS_DEBUGGED)))
$(eval $(call compile,$(HOST)/pieces,,$(HOST_CC) $(HOST_FLAGS) $(THEIRS)))
$(eval $(call compile,$(PLAYER)/pieces,,$(HOST_CC) $(PLAYER_FLAGS) $(THEIRS)))
$(foreach way,$(GUEST) $(DEBUGGED) $(HOST) $(PLAYER),$(eval $(call copy_object,$(way))))

$(GUEST)/%.asm.o: %.asm kernel/build.mk
	@mkdir -p $(@D)
	@nasm -f elf64 -g -F dwarf -w+all -w+error $< -o $@

# ---- Kernel, ISO, host programs -------------------------------------------

# One file, or a folder of them.  A lab without any is an error that names it.
LAB_TESTS := $(or $(wildcard labs/$(LAB)/tests.c labs/$(LAB)/tests/*.c), \
	labs/$(LAB)/tests.c)
# What of it runs where the submission does.
LAB_BESIDE := $(wildcard labs/$(LAB)/beside.c)
# What a piece is linked with on each machine.  The player's side of the judged run
# has all pieces; the judge has stubs in place of the lab's own, and the others are
# always ours: no student's code runs there.
guest_rest = $(GUEST_OBJECTS) $(1)/api/$(LAB)/watched.o \
	$(patsubst %.c,$(1)/tests/%.o,$(LAB_TESTS) $(LAB_BESIDE)) \
	$(1)/shared-tests.a
# What is graded runs tests only: of other labs' solutions a submission finds in memory
# what its own lab's tests call.
GUEST_REST := $(filter-out $(SHOWCASE:%.c=$(GUEST)/%.o),$(call guest_rest,$(GUEST)))
DEBUGGED_REST := $(call guest_rest,$(DEBUGGED))
HOST_REST := $(ALONE_OBJECTS) $(HOST)/api/$(LAB)/watched.o \
	$(patsubst %.c,$(HOST)/tests/%.o,$(LAB_TESTS) $(LAB_BESIDE)) \
	$(HOST)/shared-tests.a
PLAYER_REST := $(PLAYER_OBJECTS) $(PLAYER)/api/$(LAB)/player.o \
	$(PLAYER)/api/$(LAB)/watched.o \
	$(LAB_BESIDE:%.c=$(PLAYER)/tests/%.o)
JUDGE_PIECES := $(call pieces_in,$(if $(OWN),$\
	$(shell grader/build/api pieces $(LAB) ""),$(PIECES)))
JUDGE_LINKED := $(JUDGE_OBJECTS) $(LAB_TESTS:%.c=$(HOST)/tests/%.o) \
	$(patsubst %,$(HOST)/pieces/solutions/%.o,$(filter-out $(LAB)/%, \
		$(JUDGE_PIECES) $(PARTS))) \
	$(foreach entry,$(ALSO),$(call also_object,$(HOST),$(entry),solutions)) \
	$(HOST)/shared-tests.a $(HOST)/api/$(LAB)/judge.o

$(GUEST)/shared-tests.a: $(SHARED_TESTS:%.c=$(GUEST)/tests/%.o)
$(DEBUGGED)/shared-tests.a: $(SHARED_TESTS:%.c=$(DEBUGGED)/tests/%.o)
$(HOST)/shared-tests.a: $(SHARED_TESTS:%.c=$(HOST)/tests/%.o)
$(GUEST)/shared-tests.a $(DEBUGGED)/shared-tests.a $(HOST)/shared-tests.a:
	@rm -f $@
	@ar rc $@ $^

# $(call also,WAY,ENTRY,FROM): a piece once more, with a prefix to its functions' names.
define also
$(call also_object,$(1),$(2),$(3)): $(1)/pieces/$(3)/$(call also_piece,$(2)).o \
		labs/$(call lab_of,$(call also_piece,$(2)))/api
	@mkdir -p $$(@D)
	@grader/build/api functions $(call lab_of,$(call also_piece,$(2))) | \
		sed 's|.*|& $(call also_prefix,$(2))&|' >$$@.names
	@objcopy --redefine-syms=$$@.names $$< $$@
endef
$(foreach way,$(GUEST) $(DEBUGGED) $(HOST) $(PLAYER),$(foreach entry,$(ALSO),$(foreach from,\
	labs solutions,$(eval $(call also,$(way),$(entry),$(from))))))

# $(call link_MACHINE,OUTPUT,OBJECTS).  The kernel's file is a disk that GRUB reads:
# as long as grub.cfg says, with a hole behind the ELF file.  The host's program is not
# position-independent, so that a piece's ready object fits in; the player is static,
# for the sandbox that it runs in has no libraries.
#
# What a debugger reads lies beside the kernel: GRUB would load it, as it does all that
# has no address, and take a seventh of the boot for it.
link_guest = ld $(LD_FLAGS) $(WRAPPED:%=--wrap=%) -T boot/kernel.ld -o $(1).debug $(2) && \
	strip -g -o $(1) $(1).debug && truncate -s '>32M' $(1)
link_judge = $(HOST_CC) -fsanitize=address,undefined -no-pie -o $(1) $(2)
link_host = $(call link_judge,$(1),$(WRAPPED:%=-Wl,--wrap=%) $(2))
link_judged = $(HOST_CC) -static -nostartfiles -Wl,--gc-sections \
	$(WRAPPED:%=-Wl,--wrap=%) -o $(1) $(2)

# What all submissions are linked with is joined once.  For the player, the C library's
# parts as well: to find them is most of the linker's work.
link_guest-rest = ld -r -o $(1) $(2)
part_of_c = $(shell $(HOST_CC) -print-file-name=$(1))
link_judged-rest = $(HOST_CC) -static -nostdlib -r -o $(1) \
	$(call part_of_c,crt1.o) $(call part_of_c,crti.o) $(call part_of_c,crtbeginT.o) \
	$(2) -Wl,--start-group -lc -lgcc -lgcc_eh -Wl,--end-group \
	$(call part_of_c,crtend.o) $(call part_of_c,crtn.o)

# A list of what a program was linked from lies beside it, so that another IMPL, OWN or
# CC, or a file less, links again.
differs = $(subst =$(1)=,,=$(2)=)$(subst =$(2)=,,=$(1)=)
define link
$(1): $(3) $(if $(call differs,$(strip $(3)),$(strip $(file <$(1).from))),FORCE)
	@mkdir -p $$(@D)
	@echo '$(3)' >$$@.from
	@$$(call link_$(2),$$@,$(3))
endef
GUEST_JOINED := $(GUEST)/rest/$(LAB).o
PLAYER_JOINED := $(PLAYER)/rest/$(LAB).o
$(eval $(call link,$(GUEST_JOINED),guest-rest,$(GUEST_REST)))
$(eval $(call link,$(PLAYER_JOINED),judged-rest,$(PLAYER_REST)))
$(eval $(call link,$(IMAGE)/kernel.elf,guest,$(DEBUGGED_REST) $(call piece_objects,$(DEBUGGED))))
$(eval $(call link,$(IMAGE)/host,host,$(HOST_REST) $(call piece_objects,$(HOST))))
$(eval $(call link,$(IMAGE)/player,judged,$(PLAYER_JOINED) $(call piece_objects,$(PLAYER))))
JUDGE := $(HOST)/judge/$(LAB)
$(eval $(call link,$(JUDGE),judge,$(JUDGE_LINKED)))
$(IMAGE)/kernel.elf: boot/kernel.ld
.PHONY: FORCE

# One for all kernels.  With only the modules that grub.cfg needs, which boots faster;
# and the partition tables that grub-mkrescue's own start-up asks for, which complains
# on screen otherwise.  Its temporary files, too, go when the next one is made.
GRUB_MODULES := normal iso9660 biosdisk smbios multiboot2 serial terminal echo \
	halt part_acorn part_amiga part_apple part_bsd part_dfly part_dvh part_gpt \
	part_msdos part_plan part_sun part_sunpc
# UEFI's GRUB needs no biosdisk, and its screen is a graphic one.
GRUB_FOLDER := /usr/lib/grub
$(BUILD)/cairn.iso: GRUB := -d $(GRUB_FOLDER)/i386-pc \
	--install-modules="$(GRUB_MODULES)"
$(BUILD)/cairn-uefi.iso: SCREEN := auto
$(BUILD)/cairn-uefi.iso: GRUB := -d $(GRUB_FOLDER)/x86_64-efi --modules=efi_gop \
	--install-modules="$(filter-out biosdisk,$(GRUB_MODULES))"
$(BUILD)/cairn.iso $(BUILD)/cairn-uefi.iso: grub.cfg
	@rm -rf $(@:.iso=)
	@mkdir -p $(@:.iso=)/files/boot/grub $(@:.iso=)/temporary
	@sed 's/gfxpayload=text/gfxpayload=$(or $(SCREEN),text)/' grub.cfg \
		>$(@:.iso=)/files/boot/grub/grub.cfg
	@TMPDIR="$$(realpath $(@:.iso=)/temporary)" grub-mkrescue $(GRUB) \
		--fonts= --locales= --themes= \
		-o $@ $(@:.iso=)/files 2>$(@:.iso=)/log || \
		{ cat $(@:.iso=)/log >&2; exit 1; }

# Where a program's own files lie, so do those that it shares.
$(IMAGE)/%.iso: $(BUILD)/%.iso $(IMAGE)/kernel.elf
	@ln -sfn "$$(realpath $<)" $@
$(IMAGE)/judge: $(JUDGE) $(IMAGE)/player
	@ln -sfn "$$(realpath $(JUDGE))" $@

# ---- What a submission is compiled and linked by ------------------------------
#
# For grader/build, which does so itself: what all submissions share is made, and the
# commands are printed, for a shell in which $$0 is the output and $$@ are objects.
# SUBMITTED: the pieces that are not ours, as 2-paging/mapper.

SUBMITTED ?=
ours = $(patsubst %,$(1)/pieces/solutions/%.o,$(filter-out $(SUBMITTED),$(PIECES)) \
	$(call parts_beside,$(filter $(SUBMITTED),$(PIECES)))) \
	$(foreach entry,$(ALSO),$(if $(call also_submitted,$(entry)),,$\
	$(call also_object,$(1),$(entry),solutions)))
# FOR: the machines; the first one's compiler is the one that preprocesses.
FOR ?=
needs_guest = $(BUILD)/cairn.iso $(GUEST_JOINED) $(call ours,$(GUEST)) boot/kernel.ld
needs_judged = $(JUDGE) $(PLAYER_JOINED) $(call ours,$(PLAYER))
needs_host = $(HOST_REST) $(call ours,$(HOST))

compile_and_link = $(info compile $(1) $(2))$(info link $(1) \
	$(call link_$(1),"$$0",$(3) "$$@"))
recipe_guest = $(call compile_and_link,guest,$(CC) $(GUEST_FLAGS) $(THEIRS) $(CALLERS_KEPT) \
	$(if $(filter $(LAB),$(FAST)),-O2),$\
	$(GUEST_JOINED) $(call ours,$(GUEST)))$\
	$(info share $(BUILD)/cairn.iso cairn.iso)
recipe_judged = $(call compile_and_link,judged,$(HOST_CC) $(PLAYER_FLAGS) $(THEIRS) -w,$\
	$(PLAYER_JOINED) $(call ours,$(PLAYER)))$\
	$(info share $(JUDGE) judge)
# What is screened is the object for the machine: sanitizers add calls of their own.
recipe_host = $(call compile_and_link,host,$(HOST_CC) $(HOST_FLAGS) $(THEIRS),$\
	$(HOST_REST) $(call ours,$(HOST)))$\
	$(info compile guest $(CC) $(GUEST_FLAGS) $(THEIRS) $(CALLERS_KEPT) -w)

.PHONY: recipe
recipe: $(foreach machine,$(FOR),$(needs_$(machine)))
	$(info pieces $(filter $(SUBMITTED),$(PIECES)))
	$(info also $(foreach entry,$(ALSO),$\
		$(if $(call also_submitted,$(entry)),$(patsubst also:%,%,$(entry)))))
	$(foreach machine,$(FOR),$(recipe_$(machine)))
	$(info end)

# Of objects that are built, and of no other that may lie there.
BUILT := $(GUEST_REST) $(DEBUGGED_REST) $(HOST_REST) $(PLAYER_REST) $(JUDGE_LINKED) \
	$(foreach way,$(GUEST) $(DEBUGGED) $(HOST),$(SHARED_TESTS:%.c=$(way)/tests/%.o)) \
	$(foreach way,$(GUEST) $(DEBUGGED) $(HOST) $(PLAYER),$(call piece_objects,$(way)) \
	$(call ours,$(way)))
-include $(wildcard $(patsubst %.o,%.d,$(filter %.o,$(BUILT))))
